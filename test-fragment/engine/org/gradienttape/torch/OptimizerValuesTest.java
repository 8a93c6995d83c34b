package org.gradienttape.torch;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Nested;

/** {@link OptimizerValues} of all that computes optimizers. */
class OptimizerValuesTest {
    @Nested
    class Compiled extends OptimizerValues {
        @Override
        List<float[]> run(
                final OptimizerConfig config,
                final float[] weight,
                final List<float[]> gradients,
                final List<Double> rates) {
            return tensors(Execution.COMPILED, config, weight, gradients, rates);
        }
    }

    @Nested
    class Eager extends OptimizerValues {
        @Override
        List<float[]> run(
                final OptimizerConfig config,
                final float[] weight,
                final List<float[]> gradients,
                final List<Double> rates) {
            return tensors(Execution.EAGER, config, weight, gradients, rates);
        }
    }

    private static List<float[]> tensors(
            final Execution execution,
            final OptimizerConfig config,
            final float[] weight,
            final List<float[]> gradients,
            final List<Double> rates) {
        return Computed.with(execution, c -> {
            Variable variable = c.variable("w", weight, weight.length);
            var optimizer = new Optimizer(Update.of(config), c);
            List<Fetched> after = new ArrayList<>();
            for (int i = 0; i < gradients.size(); i++) {
                float[] gradient = gradients.get(i);
                double rate = rates.get(i);
                c.step(() -> {
                    optimizer.setLearningRate(rate);
                    optimizer.apply(List.of(c.machine().tensor(gradient, gradient.length)), List.of(variable));
                    after.add(c.fetch(variable));
                });
            }
            c.finish();
            return after.stream().map(Fetched::numbers).toList();
        });
    }
}
