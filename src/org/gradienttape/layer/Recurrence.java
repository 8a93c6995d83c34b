package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;

/** A recurrent layer on its way along a batch of sequences. */
final class Recurrence {
    private final RecurrentLayer layer;
    private final LayerCall call;
    private final Tensor x;

    /** @param x [batch, steps, features] */
    Recurrence(final RecurrentLayer layer, final LayerCall call, final Tensor x) {
        this.layer = layer;
        this.call = call;
        this.x = x;
    }

    /** What a step computes. */
    @FunctionalInterface
    interface Cell {
        /**
         * One step.
         *
         * @param inputs the products of its input with the kernel, with the bias
         * @param before the output of the step before, without what is dropped
         * @param states that the step before left, the first of which is its output
         * @return the states that this step leaves
         */
        List<Tensor> of(Tensor inputs, Tensor before, List<Tensor> states);
    }

    /**
     * Goes all steps. A step that does not count leaves all states as they were.
     *
     * @param bias that is added to the input's products; null for none
     * @param states how many there are, 0 at first
     * @return what the layer gives
     */
    Tensor outputs(final Tensor bias, final int states, final Cell cell) {
        final Tensor kept = keptOfOutput();
        final Tensor inputs = inputs(bias);
        final Machine.Run run = run(inputs, states, (before, elements) -> {
            final Tensor output = before.get(0);
            return cell.of(elements.get(0), kept == null ? output : output.mul(kept), before);
        });
        if (!layer.returnSequences()) {
            return run.last(0);
        }
        final Tensor all = layer.goBackwards() ? run.all(0).flip(0) : run.all(0);
        return all.permute(1, 0, 2);
    }

    /** What is kept of the outputs before, the same in all steps; null for all. */
    private Tensor keptOfOutput() {
        return layer.recurrentDropout() > 0 && call.isTraining()
                ? NoiseLayer.kept(call, layer.recurrentDropout(), x.size(0), layer.units())
                : null;
    }

    /** Of all steps at once, [steps, batch, gates x units]: the input is turned round, which has fewer numbers. */
    private Tensor inputs(final Tensor bias) {
        final boolean drops = layer.dropout() > 0 && call.isTraining();
        final Tensor features = drops ? x.mul(NoiseLayer.kept(call, layer.dropout(), x.size(0), 1, x.size(2))) : x;
        final Tensor products =
                features.permute(1, 0, 2).reshape(-1, x.size(2)).matmul(call.weight(RecurrentLayer.KERNEL));
        return (bias == null ? products : products.add(bias)).reshape(x.size(1), x.size(0), products.size(1));
    }

    private Machine.Run run(final Tensor inputs, final int states, final Machine.Body body) {
        final Tensor zeros = call.machine().full(0, inputs.size(1), layer.units());
        final List<Tensor> starts = Collections.nCopies(states, zeros);
        if (call.mask(x).isEmpty()) {
            return call.machine().scan(layer.goBackwards(), List.of(inputs), starts, body);
        }
        final Tensor counts = call.mask(x).get().gt(0.5).permute(1, 0).unsqueeze(-1);
        return call.machine().scan(layer.goBackwards(), List.of(inputs, counts), starts, (before, elements) -> {
            final List<Tensor> after = new ArrayList<>(body.of(before, elements));
            for (int i = 0; i < states; i++) {
                after.set(i, after.get(i).where(elements.get(1), before.get(i)));
            }
            return after;
        });
    }
}
