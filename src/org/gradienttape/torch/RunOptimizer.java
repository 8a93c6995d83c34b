package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;
import org.gradienttape.step.Variable;

/** An optimizer for the code of steps; made for the weights that it first gets. */
final class RunOptimizer implements org.gradienttape.step.Optimizer {
    private final OptimizerConfig config;
    private final GradientClipper clipper;
    private final DoubleSupplier rate;
    private final Supplier<StepScope> current;
    private final NDManager run;
    private List<Variable> weights = List.of();
    private Optimizer rule;

    /**
     * @param clipper takes the gradients first
     * @param rate the step size of the next update
     * @param current the step that is under way
     * @param run owner of the optimizer's state
     */
    RunOptimizer(
            final OptimizerConfig config,
            final GradientClipper clipper,
            final DoubleSupplier rate,
            final Supplier<StepScope> current,
            final NDManager run) {
        this.config = config;
        this.clipper = clipper;
        this.rate = rate;
        this.current = current;
        this.run = run;
    }

    @Override
    public void apply(final List<? extends Tensor> gradients, final List<? extends Variable> changed) {
        if (gradients.size() != changed.size()) {
            throw new StepException("apply needs one gradient per weight, but there are " + gradients.size()
                    + " gradients and " + changed.size() + " weights");
        }
        if (changed.isEmpty()) {
            return;
        }
        current.get().unrecorded(() -> {
            prepare(changed);
            final List<NDArray> copies = new ArrayList<>();
            for (int i = 0; i < gradients.size(); i++) {
                copies.add(fitting(gradients.get(i), changed.get(i)));
            }
            rule.update(clipper.clip(copies), learningRate());
        });
    }

    @Override
    public double learningRate() {
        return rate.getAsDouble();
    }

    private void prepare(final List<? extends Variable> changed) {
        if (rule == null) {
            weights = List.copyOf(changed);
            rule = Optimizer.of(
                    config, changed.stream().map(RunOptimizer::resident).toList(), run);
        } else if (!weights.equals(changed)) {
            throw new StepException("an optimizer keeps its state for the weights of its first update, "
                    + weights.size() + " of them, but now it gets others; make another one with run.adam(...) or"
                    + " run.sgd(...)");
        }
    }

    private static NDArray fitting(final Tensor gradient, final Variable weight) {
        final NDArray array = EngineTensor.toChange(gradient);
        if (!array.getShape().equals(resident(weight).getShape())) {
            throw new StepException("the gradient of " + weight.name() + " must have its shape "
                    + resident(weight).getShape() + ", but it has " + array.getShape());
        }
        return array;
    }

    private static NDArray resident(final Variable weight) {
        if (weight instanceof RunVariable ours) {
            return ours.resident();
        }
        throw new StepException("an optimizer changes weights of the models and variables of the run only");
    }
}
