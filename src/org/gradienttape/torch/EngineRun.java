package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.step.GradientTape;
import org.gradienttape.step.Loss;
import org.gradienttape.step.Optimizer;
import org.gradienttape.step.RandomSource;
import org.gradienttape.step.Run;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;
import org.gradienttape.step.Variable;

/** What both trainers offer to the code of steps. One object lasts for a run; each step opens a scope in it. */
abstract class EngineRun implements Run, AutoCloseable {
    /** Beyond this many, a step makes them anew each time by mistake. */
    private static final int MOST_VARIABLES = 10_000;

    private static final GradientClipper UNCLIPPED = new GradientClipper(GradientClipping.NONE);

    private final NDManager arrays;
    private final LossOp loss;
    private final Consumer<String> log;
    private final BooleanSupplier stopped;
    private final Reports reports;
    private final TensorMaker tensors = new TensorMaker(this::scope);
    private final RandomSource random;
    private StepPlace place;
    private StepScope scope;
    private int variables;

    /**
     * @param engine owner of everything native that this run opens
     * @param random for the code's random numbers
     * @param surroundings how the code reaches the world
     */
    EngineRun(
            final NDManager engine, final LossOp loss, final RandomGenerator random, final Surroundings surroundings) {
        this.arrays = engine.newSubManager();
        this.loss = loss;
        this.random = new RunRandom(random, tensors);
        this.log = surroundings.log();
        this.stopped = surroundings.stopped();
        this.reports = new Reports(surroundings.takenColumns());
    }

    /**
     * How the code of a step reaches the world.
     *
     * @param log takes lines for people
     * @param stopped whether the step has to end in its next operation
     * @param takenColumns names of the step log's own columns
     */
    record Surroundings(Consumer<String> log, BooleanSupplier stopped, List<String> takenColumns) {}

    /** Opens the next step; closing the scope ends it. */
    StepScope begin(final StepPlace next) {
        place = next;
        reports.clear();
        scope = new StepScope(arrays, next.toString(), stopped);
        return scope;
    }

    /** The step that is under way, or the last one. */
    final StepScope scope() {
        return scope;
    }

    /** The owner of all that lasts for the run. */
    final NDManager arrays() {
        return arrays;
    }

    /** Ends all tensors and variables. */
    @Override
    public final void close() {
        arrays.close();
    }

    /** What the step reported so far. */
    final Reports reports() {
        return reports;
    }

    @Override
    public final int epoch() {
        return place.epoch();
    }

    @Override
    public final int step() {
        return place.step();
    }

    @Override
    public final GradientTape gradientTape() {
        return new StepTape(scope, StepTape.Use.ONCE);
    }

    @Override
    public final GradientTape persistentGradientTape() {
        return new StepTape(scope, StepTape.Use.PERSISTENT);
    }

    @Override
    public final RandomSource random() {
        return random;
    }

    @Override
    public final Loss loss() {
        return this::lossValue;
    }

    @Override
    public final Optimizer sgd(final double learningRate, final double momentum) {
        return optimizer(new OptimizerConfig.Sgd(learningRate, momentum, false));
    }

    @Override
    public final Optimizer adam(final double learningRate) {
        return optimizer(new OptimizerConfig.Adam(learningRate));
    }

    @Override
    public final Optimizer adam(final double learningRate, final double beta1, final double beta2) {
        return optimizer(new OptimizerConfig.Adam(learningRate, beta1, beta2, 1e-7));
    }

    @Override
    public final void report(final String name, final double value) {
        reports.put(name, value);
    }

    @Override
    public final void report(final String name, final Tensor value) {
        reports.put(name, value.item());
    }

    @Override
    public final void log(final String line) {
        scope.check();
        log.accept(line);
    }

    @Override
    public final Tensor zeros(final long... shape) {
        return tensors.full(0, shape);
    }

    @Override
    public final Tensor ones(final long... shape) {
        return tensors.full(1, shape);
    }

    @Override
    public final Tensor full(final double value, final long... shape) {
        return tensors.full(value, shape);
    }

    @Override
    public final Tensor tensor(final float[] values, final long... shape) {
        return tensors.tensor(values, shape);
    }

    @Override
    public final Tensor tensor(final long[] values, final long... shape) {
        return tensors.tensor(values, shape);
    }

    @Override
    public final Variable variable(final String name, final Tensor initial) {
        if (++variables > MOST_VARIABLES) {
            throw new StepException("a run may have at most " + MOST_VARIABLES
                    + " variables; make each one once, in the first step, and keep it in a field");
        }
        final NDArray[] copy = new NDArray[1];
        scope.unrecorded(() -> copy[0] = EngineTensor.arrayOf(initial).duplicate());
        copy[0].attach(arrays);
        return new RunVariable(name, copy[0], RunVariable.Tapes.WHEN_TOLD, this::scope);
    }

    @Override
    public final Tensor concat(final int axis, final Tensor... joined) {
        final NDList list =
                new NDList(Stream.of(joined).map(EngineTensor::arrayOf).toArray(NDArray[]::new));
        return scope.tensor(NDArrays.concat(list, axis));
    }

    @Override
    public final Tensor stack(final int axis, final Tensor... joined) {
        final NDList list =
                new NDList(Stream.of(joined).map(EngineTensor::arrayOf).toArray(NDArray[]::new));
        return scope.tensor(NDArrays.stack(list, axis));
    }

    @Override
    public final Tensor where(final Tensor condition, final Tensor yes, final Tensor no) {
        return scope.tensor(ScriptFunction.of("torch.where(condition, yes, no)", "condition", "yes", "no")
                .call(EngineTensor.arrayOf(condition), EngineTensor.arrayOf(yes), EngineTensor.arrayOf(no)));
    }

    @Override
    public final Tensor globalNorm(final List<? extends Tensor> all) {
        NDArray sum = scope.number(0);
        for (final Tensor tensor : all) {
            sum = sum.add(EngineTensor.arrayOf(tensor).square().sum());
        }
        return scope.tensor(sum.sqrt());
    }

    final Optimizer optimizer(final OptimizerConfig config) {
        return new RunOptimizer(config, UNCLIPPED, config::learningRate, this::scope, arrays);
    }

    private Tensor lossValue(final Tensor y, final Tensor predictions) {
        final NDArray labels = EngineTensor.arrayOf(y);
        return scope.tensor(loss.value(
                EngineTensor.arrayOf(predictions), labels.getShape().dimension() == 1 ? labels.expandDims(1) : labels));
    }
}
