package org.gradienttape.optimizer;

/**
 * How gradients change weights.
 *
 * @param optimizer the rule
 * @param clipping what happens to the gradients before
 */
public record Update(OptimizerConfig optimizer, GradientClipping clipping) {
    /** This optimizer, and the gradients as they are. */
    public static Update of(final OptimizerConfig optimizer) {
        return new Update(optimizer, GradientClipping.NONE);
    }
}
