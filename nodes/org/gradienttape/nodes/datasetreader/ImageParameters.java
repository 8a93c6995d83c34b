package org.gradienttape.nodes.datasetreader;

import java.util.Optional;
import org.gradienttape.data.ImageForm;
import org.gradienttape.data.ImageSize;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What becomes of images, and what image a row of numbers is. */
@LoadDefaultsForAbsentFields
final class ImageParameters implements NodeParameters {
    /** What is kept of the colors. */
    enum Colors {
        @Label(value = "Color", description = "Three channels: red, green, blue.")
        RGB,
        @Label(value = "Grayscale", description = "One channel of brightness.")
        GRAYSCALE
    }

    /** The size of the samples. */
    enum Sizing {
        @Label(value = "As stored", description = "All images must have the same size.")
        AS_STORED,
        @Label(
                value = "Scale",
                description = "Every image is scaled to the height and width below, bilinearly, without regard to its"
                        + " proportions, as Keras does.")
        SCALE
    }

    static final class SizingReference implements ParameterReference<Sizing> {}

    /** The source holds images in files or cells. */
    static final class IsOfImages implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(Source.IsImageFolder.class)
                    .or(i.getPredicate(Source.IsTable.class).and(i.getPredicate(TableParameters.IsImages.class)));
        }
    }

    /** Images are scaled, or rows of numbers become images. */
    static final class NeedsSize implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            final EffectPredicate ofImages = i.getPredicate(IsOfImages.class);
            final EffectPredicate scaled = i.getEnum(SizingReference.class).isOneOf(Sizing.SCALE);
            return ofImages.and(scaled)
                    .or(i.getPredicate(Source.HasImageSize.class)
                            .and(ofImages.negate())
                            .and(i.getPredicate(DatasetReaderNodeParameters.IsImage.class)));
        }
    }

    @Widget(title = "Colors", description = "Which channels the images have.")
    @Effect(predicate = IsOfImages.class, type = EffectType.SHOW)
    @ValueSwitchWidget
    Colors colors = Colors.RGB;

    @Widget(title = "Image size", description = "Whether images are scaled.")
    @ValueReference(SizingReference.class)
    @Effect(predicate = IsOfImages.class, type = EffectType.SHOW)
    @ValueSwitchWidget
    Sizing sizing = Sizing.AS_STORED;

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
                sizing == Sizing.SCALE ? Optional.of(size()) : Optional.empty());
    }

    ImageSize size() {
        return new ImageSize(height, width);
    }
}
