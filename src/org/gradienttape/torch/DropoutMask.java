package org.gradienttape.torch;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.gradienttape.layer.Layer;

/**
 * Draws the masks of a dropout layer: 0 for the numbers that are dropped, 1 / (1 - rate) for the others, so that their mean
 * stays. The draws come from the run's own generator, not from the engine's, which all runs of a process share.
 */
final class DropoutMask {
    private final double rate;
    private final RandomGenerator random;

    /**
     * @param random of the run; asked once per number
     */
    DropoutMask(final Layer.Dropout layer, final RandomGenerator random) {
        this.rate = layer.rate();
        this.random = random;
    }

    /** Appends this many numbers as float32. */
    void draw(final int numbers, final ByteBuffer target) {
        final float kept = (float) (1 / (1 - rate));
        for (int i = 0; i < numbers; i++) {
            target.putFloat(random.nextDouble() < rate ? 0 : kept);
        }
    }
}
