package org.gradienttape.step;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;

/** How a network learns from a loss; several workers that share a batch do so together. */
@FunctionalInterface
public interface Learning {
    /** By the gradients of the batch. */
    Learning ALONE = (optimizer, network, loss, rows) -> {
        try (GradientTape tape = new GradientTape()) {
            final var weights = network.trainableWeights();
            optimizer.apply(tape.gradient(loss, weights), weights);
        }
        return Stream.concat(Stream.of(loss), Stream.of(rows)).toList();
    };

    /**
     * Makes one update of the network's weights.
     *
     * @param loss the mean over the samples that are computed here
     * @param rows what was computed of them, one row for each sample
     * @return loss and rows of the whole batch
     */
    List<Tensor> learn(Optimizer optimizer, CallableNetwork network, Tensor loss, Tensor... rows);

    /**
     * What is known of a batch from which nothing is learned.
     *
     * @param means over the samples that are computed here
     * @param rows what was computed of them, one row for each sample
     * @return means and rows of the whole batch
     */
    default List<Tensor> measure(final List<Tensor> means, final Tensor... rows) {
        return Stream.concat(means.stream(), Stream.of(rows)).toList();
    }
}
