package org.gradienttape.torch.feed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.torch.Computation;

/**
 * Runs steps on batches of samples.
 *
 * @param computation how they are computed
 * @param arrays owner of what a call needs
 */
public record StepBatches(Computation computation, NDManager arrays) {
    /**
     * What happens with a batch.
     *
     * @param <T> what it leaves; its numbers are there when all batches of the call are done
     */
    @FunctionalInterface
    public interface Code<T> {
        /**
         * @param batch its place in the call
         * @param x its samples, [batch, sample shape], float32
         */
        T run(int batch, Tensor x);
    }

    /**
     * Runs a call of one or more batches.
     *
     * @throws InvalidInputException if something in the steps does not fit together
     */
    public <T> List<T> run(final StepSamples side, final List<int[]> batches, final Code<T> code) {
        final long start = System.nanoTime();
        final int[] samples = batches.stream().flatMapToInt(Arrays::stream).toArray();
        final long[] places = side.source().places(samples);
        final List<T> outcomes = new ArrayList<>();
        try (NDManager call = arrays.newSubManager()) {
            final NDArray features = side.source().features(samples, call);
            int first = 0;
            for (int i = 0; i < batches.size(); i++) {
                final int number = i;
                final long[] own = Arrays.copyOfRange(places, first, first + batches.get(i).length);
                computation.step(() -> outcomes.add(code.run(number, side.samples(computation, features, own))));
                first += own.length;
            }
            computation.leave();
        } catch (final TensorException misfit) {
            throw new InvalidInputException("The step could not be computed: " + misfit.getMessage() + ".", misfit);
        }
        side.size().took(batches.size(), System.nanoTime() - start);
        return outcomes;
    }
}
