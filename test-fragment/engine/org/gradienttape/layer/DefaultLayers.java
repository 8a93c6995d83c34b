package org.gradienttape.layer;

/** Layers of many settings, with Keras' defaults for most of them. */
public final class DefaultLayers {
    private DefaultLayers() {}

    public static RecurrentLayer.LSTM lstm(final int units, final boolean returnSequences) {
        return lstm(units, 0, returnSequences);
    }

    static RecurrentLayer.LSTM lstm(final int units, final double dropout, final boolean returnSequences) {
        return new RecurrentLayer.LSTM(
                units,
                Activation.TANH,
                Activation.SIGMOID,
                true,
                true,
                dropout,
                0,
                returnSequences,
                false,
                Initializer.ORTHOGONAL,
                WeightSettings.DEFAULT);
    }
}
