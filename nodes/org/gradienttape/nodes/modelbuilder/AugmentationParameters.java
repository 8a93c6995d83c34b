package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.AugmentationLayer;
import org.gradienttape.nodes.AtMostOne;
import org.gradienttape.nodes.modelbuilder.LayerType.Setting;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** What layers have that change images at random. */
@LoadDefaultsForAbsentFields
final class AugmentationParameters implements NodeParameters {
    /** Which edges are exchanged. The names of the constants stand in saved workflows. */
    enum Flip {
        @Label(value = "Left and right", description = "As in a mirror; Keras' <i>horizontal</i>.")
        HORIZONTAL,
        @Label(value = "Top and bottom", description = "Upside down; Keras' <i>vertical</i>.")
        VERTICAL,
        @Label(value = "Both", description = "Each for itself.")
        HORIZONTAL_AND_VERTICAL
    }

    /** What lies beyond the edges. The names of the constants stand in saved workflows. */
    enum Fill {
        @Label(value = "Reflect", description = "The image in a mirror.")
        REFLECT,
        @Label(value = "Wrap", description = "The image again.")
        WRAP,
        @Label(value = "Nearest", description = "The pixels at the edge.")
        NEAREST,
        @Label(value = "Constant", description = "The fill value.")
        CONSTANT
    }

    static final class HasFlip extends LayerParameters.Shows {
        HasFlip() {
            super(Setting.FLIP);
        }
    }

    static final class HasFactor extends LayerParameters.Shows {
        HasFactor() {
            super(Setting.FACTOR);
        }
    }

    static final class HasBothFactors extends LayerParameters.Shows {
        HasBothFactors() {
            super(Setting.BOTH_FACTORS);
        }
    }

    static final class HasFill extends LayerParameters.Shows {
        HasFill() {
            super(Setting.FILL);
        }
    }

    static final class HasRange extends LayerParameters.Shows {
        HasRange() {
            super(Setting.RANGE);
        }
    }

    @Widget(title = "Mode", description = "Which edges RandomFlip exchanges.")
    @Effect(predicate = HasFlip.class, type = EffectType.SHOW)
    Flip mode = Flip.HORIZONTAL_AND_VERTICAL;

    @Widget(
            title = "Factor",
            description =
                    "The largest change both ways: for RandomRotation as a part of a full turn, for RandomContrast as"
                            + " a part of a pixel's distance from the mean.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
    @Effect(predicate = HasFactor.class, type = EffectType.SHOW)
    double factor = 0.1;

    @Widget(title = "Height factor", description = "The largest change both ways, as a part of the height.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
    @Effect(predicate = HasBothFactors.class, type = EffectType.SHOW)
    double heightFactor = 0.1;

    @Widget(
            title = "Width factor",
            description =
                    "The largest change both ways, as a part of the width. For RandomZoom, -1 keeps the proportions.")
    @NumberInputWidget(maxValidation = AtMostOne.class)
    @Effect(predicate = HasBothFactors.class, type = EffectType.SHOW)
    double widthFactor = 0.1;

    @Widget(title = "Fill mode", description = "What lies beyond the edges of the image.")
    @Effect(predicate = HasFill.class, type = EffectType.SHOW)
    Fill fillMode = Fill.REFLECT;

    @Widget(title = "Fill value", description = "The pixels beyond the edges for the fill mode <i>Constant</i>.")
    @Effect(predicate = HasFill.class, type = EffectType.SHOW)
    double fillValue;

    @Widget(title = "Smallest pixel", description = "Below which no pixel falls.")
    @Effect(predicate = HasRange.class, type = EffectType.SHOW)
    double smallest;

    @Widget(
            title = "Largest pixel",
            description = "Above which no pixel rises: 255, or 1 where the dataset's pixels are divided by 255.")
    @Effect(predicate = HasRange.class, type = EffectType.SHOW)
    double largest = 255;

    AugmentationLayer.RandomFlip flip() {
        return new AugmentationLayer.RandomFlip(AugmentationLayer.Flip.valueOf(mode.name()));
    }

    AugmentationLayer.RandomTranslation translation() {
        return new AugmentationLayer.RandomTranslation(heightFactor, widthFactor, fill(), fillValue);
    }

    AugmentationLayer.RandomRotation rotation() {
        return new AugmentationLayer.RandomRotation(factor, fill(), fillValue);
    }

    AugmentationLayer.RandomZoom zoom() {
        return new AugmentationLayer.RandomZoom(heightFactor, widthFactor, fill(), fillValue);
    }

    AugmentationLayer.RandomContrast contrast() {
        return new AugmentationLayer.RandomContrast(factor, smallest, largest);
    }

    private AugmentationLayer.Fill fill() {
        return AugmentationLayer.Fill.valueOf(fillMode.name());
    }
}
