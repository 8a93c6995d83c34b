package org.gradienttape.torch.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.gradienttape.distributed.Part;
import org.gradienttape.distributed.Workers;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.step.Learning;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * A step in two halves: each worker computes gradients for its part of the batch; when they are summed, all make the same
 * update. The loss and what else is known of the samples ride along, and so do the moving averages that layers keep.
 */
public final class SharedLearning implements Learning {
    private final Workers workers;
    private final Supplier<Machine> machine;
    private int all;

    /**
     * @param workers that share each batch
     * @param machine takes the operations of the step that is under way
     */
    public SharedLearning(final Workers workers, final Supplier<Machine> machine) {
        this.workers = workers;
        this.machine = machine;
    }

    /** The next step is about a batch of so many samples, of which this worker computes its share. */
    public void begin(final int samples) {
        if (workers.areSeveral()) {
            all = samples;
            machine.get().share(workers.share(samples).rows());
        }
    }

    @Override
    public List<Tensor> learn(
            final Optimizer optimizer, final CallableNetwork network, final Tensor loss, final Tensor... rows) {
        final List<Variable> weights = network.trainableWeights();
        final List<Variable> averages =
                network.weights().stream().filter(Variable::isAssigned).toList();
        final Tensor weighted = workers.weighted(all, loss);
        final List<Part> parts = new ArrayList<>(List.of(Part.mean(loss)));
        Arrays.stream(rows).forEach(some -> parts.add(Part.rows(some)));
        averages.forEach(average -> parts.add(Part.mean(average)));
        try (GradientTape tape = new GradientTape()) {
            tape.gradient(weighted, weights).forEach(gradient -> parts.add(Part.weightedMean(gradient)));
        }
        final List<Tensor> summed = workers.exchange(machine.get(), all, parts);
        final int seen = 1 + rows.length;
        for (int i = 0; i < averages.size(); i++) {
            averages.get(i).assign(summed.get(seen + i));
        }
        optimizer.apply(summed.subList(seen + averages.size(), summed.size()), weights);
        return summed.subList(0, seen);
    }

    @Override
    public List<Tensor> measure(final List<Tensor> means, final Tensor... rows) {
        final List<Part> parts = new ArrayList<>();
        means.forEach(mean -> parts.add(Part.mean(mean)));
        Arrays.stream(rows).forEach(some -> parts.add(Part.rows(some)));
        return workers.exchange(machine.get(), all, parts);
    }
}
