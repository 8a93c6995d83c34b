package org.gradienttape.nodes.datasetreader;

import java.util.Optional;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.nodes.ImageColors;
import org.gradienttape.nodes.ImageSizing;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What becomes of images, and what image a row of numbers is. */
@LoadDefaultsForAbsentFields
final class ImageParameters implements NodeParameters {
    static final class SizingReference implements ParameterReference<ImageSizing> {}

    /** Images are scaled, or rows of numbers become images. */
    static final class NeedsSize implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            final EffectPredicate ofImages = i.getPredicate(Source.IsImageFolder.class);
            final EffectPredicate scaled = i.getEnum(SizingReference.class).isOneOf(ImageSizing.SCALE);
            return ofImages.and(scaled)
                    .or(i.getPredicate(CsvSamples.ArePixels.class)
                            .and(i.getPredicate(DatasetReaderNodeParameters.IsImage.class)));
        }
    }

    @Widget(title = "Colors", description = "Which channels the images have.")
    @Effect(predicate = Source.IsImageFolder.class, type = EffectType.SHOW)
    @ValueSwitchWidget
    ImageColors colors = ImageColors.RGB;

    @Widget(title = "Image size", description = "Whether images are scaled.")
    @ValueReference(SizingReference.class)
    @Effect(predicate = Source.IsImageFolder.class, type = EffectType.SHOW)
    @ValueSwitchWidget
    ImageSizing sizing = ImageSizing.AS_STORED;

    @Widget(title = "Image height", description = """
                    The height in pixels to which all images are scaled. For rows of numbers with the sample shape
                    <i>Image</i>, the height of the image that each row holds; its channels follow from how many numbers there are.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = NeedsSize.class, type = EffectType.SHOW)
    int height = 28;

    @Widget(title = "Image width", description = "The width in pixels; the same holds as for the height.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = NeedsSize.class, type = EffectType.SHOW)
    int width = 28;

    /** What becomes of images that are decoded. */
    ImageForm toConfig() {
        return new ImageForm(
                ImageForm.Colors.valueOf(colors.name()),
                sizing == ImageSizing.SCALE ? Optional.of(size()) : Optional.empty());
    }

    ImageSize size() {
        return new ImageSize(height, width);
    }
}
