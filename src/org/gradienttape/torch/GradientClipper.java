package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gradienttape.optimizer.GradientClipping;

/** Keeps gradients small; {@link GradientClipping} has the formulas. */
final class GradientClipper {
    private final GradientClipping config;

    GradientClipper(final GradientClipping config) {
        this.config = config;
    }

    /**
     * @param gradients used up
     * @return one per gradient
     */
    List<NDArray> clip(final List<NDArray> gradients) {
        return switch (config.kind()) {
            case NONE -> gradients;
            case VALUE -> gradients.stream().map(this::within).toList();
            case NORM ->
                gradients.stream()
                        .map(gradient -> gradient.muli(scale(squaredNorm(gradient))))
                        .toList();
            case GLOBAL_NORM -> byGlobalNorm(gradients);
        };
    }

    private NDArray within(final NDArray gradient) {
        return gradient.maximum(number(-config.limit(), gradient)).minimum(number(config.limit(), gradient));
    }

    private List<NDArray> byGlobalNorm(final List<NDArray> gradients) {
        final NDArray scale = scale(gradients.stream()
                .map(GradientClipper::squaredNorm)
                .reduce(NDArray::add)
                .orElseThrow());
        return gradients.stream().map(gradient -> gradient.muli(scale)).toList();
    }

    /** limit / max(norm, limit); NaN where the norm is no finite number, so that the loss shows it. */
    private NDArray scale(final NDArray squaredNorm) {
        final NDArray norm = squaredNorm.sqrt();
        final NDArray limit = number(config.limit(), norm);
        return limit.div(norm.maximum(limit)).addi(norm.sub(norm));
    }

    private static NDArray squaredNorm(final NDArray gradient) {
        return gradient.square().sum();
    }

    private static NDArray number(final double value, final NDArray neighbour) {
        return neighbour.getManager().full(new Shape(), (float) value);
    }
}
