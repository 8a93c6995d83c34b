package org.gradienttape.nodes;

import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;

/** Lets the dialog take numbers below 1. */
public final class BelowOne extends MaxValidation {
    @Override
    protected double getMax() {
        return 1;
    }

    @Override
    public boolean isExclusive() {
        return true;
    }
}
