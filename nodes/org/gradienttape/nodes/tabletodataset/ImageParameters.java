package org.gradienttape.nodes.tabletodataset;

import java.util.List;
import java.util.Optional;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.data.source.PixelOrder;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.nodes.ImageColors;
import org.gradienttape.nodes.ImageSizing;
import org.gradienttape.nodes.PixelScaling;
import org.gradienttape.nodes.PixelsStored;
import org.gradienttape.nodes.SampleForm;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** Rows that are images, in one cell or as numbers in many. */
@LoadDefaultsForAbsentFields
final class ImageParameters implements NodeParameters {
    static final class PngColumns extends CompatibleColumnsProvider {
        PngColumns() {
            super(List.of(PNGImageValue.class));
        }
    }

    static final class SizingReference implements ParameterReference<ImageSizing> {}

    /** Images are scaled, or rows of numbers become images. */
    static final class NeedsSize implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(SizingReference.class)
                    .isOneOf(ImageSizing.SCALE)
                    .or(i.getPredicate(Samples.AreNumbers.class));
        }
    }

    @Widget(title = "Image column", description = "The column with the images. If it is empty, it is the first one.")
    @ChoicesProvider(PngColumns.class)
    @Effect(predicate = Samples.AreDecoded.class, type = EffectType.SHOW)
    String column = "";

    @Widget(title = "Colors", description = "Which channels the images have.")
    @Effect(predicate = Samples.AreDecoded.class, type = EffectType.SHOW)
    @ValueSwitchWidget
    ImageColors colors = ImageColors.RGB;

    @Widget(title = "Image size", description = "Whether images are scaled.")
    @ValueReference(SizingReference.class)
    @Effect(predicate = Samples.AreDecoded.class, type = EffectType.SHOW)
    @ValueSwitchWidget
    ImageSizing sizing = ImageSizing.AS_STORED;

    @Widget(title = "Image height", description = """
                    The height in pixels to which all images are scaled, or that of the image that the numbers of a row are;
                    its channels follow from how many numbers there are.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = NeedsSize.class, type = EffectType.SHOW)
    int height = 28;

    @Widget(title = "Image width", description = "The width in pixels; the same holds as for the height.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = NeedsSize.class, type = EffectType.SHOW)
    int width = 28;

    @Widget(
            title = "Pixel scaling",
            description = "What happens to the numbers, 0 to 255, when they reach the network. A model keeps the"
                    + " scaling that it was trained with: when it is trained further or predicts, that one is used.")
    @ValueSwitchWidget
    PixelScaling scaling = PixelScaling.AS_STORED;

    @Widget(title = "Sample shape", description = "The shape of one sample, which the model's input shape must match.")
    @ValueSwitchWidget
    SampleForm sampleShape = SampleForm.FLAT;

    @Widget(title = "Pixels are stored", description = "In which order the pixels of an image follow one another.")
    @ValueSwitchWidget
    @Effect(predicate = Samples.AreNumbers.class, type = EffectType.SHOW)
    PixelsStored pixelOrder = PixelsStored.ROW_BY_ROW;

    /** What becomes of images that are decoded. */
    ImageForm decoded() {
        return image(sizing == ImageSizing.SCALE);
    }

    /** What image the numbers of a row are. */
    ImageForm ofNumbers() {
        return image(true);
    }

    private ImageForm image(final boolean sized) {
        return new ImageForm(
                ImageForm.Colors.valueOf(colors.name()),
                sized ? Optional.of(new ImageSize(height, width)) : Optional.empty());
    }

    ReadRequest.Form form() {
        return new ReadRequest.Form(
                Scaling.valueOf(scaling.name()),
                SampleShape.valueOf(sampleShape.name()),
                PixelOrder.valueOf(pixelOrder.name()));
    }
}
