package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Edges;
import org.gradienttape.layer.Size;
import org.gradienttape.nodes.modelbuilder.LayerType.Setting;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What layers have that make images larger or smaller. */
@LoadDefaultsForAbsentFields
final class FrameParameters implements NodeParameters {
    static final class HasSize extends LayerParameters.Shows {
        HasSize() {
            super(Setting.SIZE);
        }
    }

    static final class HasEdges extends LayerParameters.Shows {
        HasEdges() {
            super(Setting.EDGES);
        }
    }

    @Widget(title = "Rows", description = "How often each row is there.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasSize.class, type = EffectType.SHOW)
    int rows = 2;

    @Widget(title = "Columns", description = "How often each column is there.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasSize.class, type = EffectType.SHOW)
    int columns = 2;

    @Widget(title = "Top", description = "How many lines of pixels at the top of the image.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = HasEdges.class, type = EffectType.SHOW)
    int top = 1;

    @Widget(title = "Bottom", description = "How many lines of pixels at the bottom of the image.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = HasEdges.class, type = EffectType.SHOW)
    int bottom = 1;

    @Widget(title = "Left", description = "How many lines of pixels at the left edge of the image.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = HasEdges.class, type = EffectType.SHOW)
    int left = 1;

    @Widget(title = "Right", description = "How many lines of pixels at the right edge of the image.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = HasEdges.class, type = EffectType.SHOW)
    int right = 1;

    Size size() {
        return new Size(rows, columns);
    }

    Edges edges() {
        return new Edges(top, bottom, left, right);
    }
}
