package org.gradienttape.optimizer;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/**
 * Keeps gradients small before the optimizer takes them, with Keras' rules (clipvalue, clipnorm, global_clipnorm).
 *
 * @param kind what is kept small
 * @param limit how small, above 0; without meaning for {@link Kind#NONE}
 */
public record GradientClipping(Kind kind, double limit) {
    /** What is kept small. Norms are Euclidean. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** Each number of each gradient: it is kept within -limit and limit. */
        VALUE,
        /** The norm of each weight's gradient: g * limit / max(norm, limit). */
        NORM,
        /** The norm of all gradients taken together: each is multiplied by limit / max(norm, limit). */
        GLOBAL_NORM
    }

    /** Gradients as they are. */
    public static final GradientClipping NONE = new GradientClipping(Kind.NONE, 1);

    public GradientClipping {
        if (!(limit > 0 && limit <= Double.MAX_VALUE)) {
            throw new InvalidInputException(
                    "The limit of the gradients must be a number above 0, but it is " + limit + ".");
        }
    }

    /** The gradients kept small; NaN where a norm is no finite number, so that the loss shows it. */
    public List<Tensor> clip(final List<? extends Tensor> gradients) {
        return switch (kind) {
            case NONE -> List.copyOf(gradients);
            case VALUE -> gradients.stream().map(g -> g.clip(-limit, limit)).toList();
            case NORM ->
                gradients.stream().map(g -> g.mul(scale(g.square().sum()))).toList();
            case GLOBAL_NORM -> byGlobalNorm(gradients);
        };
    }

    private List<Tensor> byGlobalNorm(final List<? extends Tensor> gradients) {
        final Tensor scale = scale(gradients.stream()
                .map(g -> g.square().sum())
                .reduce(Tensor::add)
                .orElseThrow());
        return gradients.stream().map(g -> g.mul(scale)).toList();
    }

    /** limit / max(norm, limit). */
    private Tensor scale(final Tensor squaredNorm) {
        final Tensor norm = squaredNorm.sqrt();
        return norm.maximum(limit).pow(-1).mul(limit).add(norm.sub(norm));
    }
}
