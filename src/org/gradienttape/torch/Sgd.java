package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** w = w - rate * g. */
final class Sgd implements Optimizer {
    private final NDManager run;
    private final List<NDArray> weights;

    Sgd(final List<NDArray> weights, final NDManager run) {
        this.run = run;
        this.weights = weights;
    }

    @Override
    public void update(final List<NDArray> gradients, final double learningRate) {
        try (NDArray rate = run.full(new Shape(), (float) learningRate)) {
            for (int i = 0; i < gradients.size(); i++) {
                weights.get(i).subi(gradients.get(i).muli(rate));
            }
        }
    }
}
