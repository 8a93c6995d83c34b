package org.gradienttape.nodes;

import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;

/** Lets the dialog take numbers up to 1. */
public final class AtMostOne extends MaxValidation {
    @Override
    protected double getMax() {
        return 1;
    }
}
