package org.gradienttape.torch.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.gradienttape.code.CodePlaces;
import org.gradienttape.code.LayerCode;
import org.gradienttape.distributed.Part;
import org.gradienttape.error.Sentence;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.state.Memory;
import org.gradienttape.state.RandomStream;
import org.gradienttape.step.Run;
import org.gradienttape.step.StepException;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.SeededRandom;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.Fetched;
import org.gradienttape.train.TrainStep;

/** What both trainers offer to steps. One object lasts for a run. */
public abstract class EngineRun implements Run {
    /** Beyond this many, a step makes them anew each time by mistake. */
    private static final int MOST_VARIABLES = 10_000;

    private final Computation computation;
    private final Loss loss;
    private final SeededRandom random;
    private final SeededRandom layerRandom;
    private final Consumer<String> log;
    private final Reports reports;
    private int epoch;
    private int step;
    private String method = "trainStep";
    private final List<Variable> ownVariables = new ArrayList<>();
    private final List<OwnOptimizer> ownOptimizers = new ArrayList<>();
    private Optional<SharedCode> shared = Optional.empty();

    /**
     * @param layers for the layers' random numbers
     * @param random for the steps' random numbers
     */
    public EngineRun(
            final Computation computation,
            final Loss loss,
            final RandomGenerator layers,
            final RandomGenerator random,
            final Surroundings surroundings) {
        this.computation = computation;
        this.loss = loss;
        this.random = new SeededRandom(random, computation::machine);
        this.layerRandom = new SeededRandom(layers, computation::machine);
        this.log = line -> surroundings.log().accept(Sentence.readable(line));
        this.reports = new Reports(surroundings.takenColumns(), surroundings.log());
    }

    /**
     * An optimizer that a step made.
     *
     * @param numbers learning rate and momentum, or those of Adam
     */
    private record OwnOptimizer(Optimizer optimizer, double[] numbers) {}

    /**
     * How a step reaches the world.
     *
     * @param log takes lines for people
     * @param stopped whether the step has to end in its next operation
     * @param takenColumns names of the step log's own columns
     * @param code where users' code is; empty if there is none
     * @param layers those of the networks that are Java code
     */
    public record Surroundings(
            Consumer<String> log,
            BooleanSupplier stopped,
            List<String> takenColumns,
            CodePlaces code,
            LayerCode layers) {
        /** A run without users' code. */
        public static final Surroundings OURS =
                new Surroundings(line -> {}, () -> false, List.of(), new CodePlaces(List.of()), LayerCode.NONE);
    }

    /** The next step that trains. */
    public final void train(final TrainStep.Batch next) {
        method = "trainStep";
        epoch = next.epoch();
        step = next.step();
        random.train();
        layerRandom.train();
    }

    /**
     * The next step that measures.
     *
     * @param numbers its random numbers
     */
    public final void validate(final RandomStream numbers) {
        method = "testStep";
        random.validate(numbers);
        layerRandom.validate(numbers.split());
    }

    /** The random numbers of the layers. */
    public final RandomSource layerRandom() {
        return layerRandom;
    }

    /** Keeps the optimizers and variables that the steps have made, or makes them again; their numbers are kept elsewhere. */
    public void keep(final Memory memory) {
        final int optimizers = memory.integer("optimizers", ownOptimizers.size());
        for (int i = 0; i < optimizers; i++) {
            keepOptimizer(memory.part("own optimizer " + i), memory.givesBack() ? null : ownOptimizers.get(i));
        }
        final int variables = memory.integer("variables", ownVariables.size());
        for (int i = 0; i < variables; i++) {
            keepVariable(memory.part("own variable " + i), memory.givesBack() ? null : ownVariables.get(i));
        }
    }

    private void keepOptimizer(final Memory memory, final OwnOptimizer now) {
        final double[] numbers = memory.numbers("numbers", now == null ? new double[0] : now.numbers());
        final Optimizer optimizer = now == null
                ? numbers.length == 2 ? sgd(numbers[0], numbers[1]) : adam(numbers[0], numbers[1], numbers[2])
                : now.optimizer();
        optimizer.keep(memory);
    }

    private void keepVariable(final Memory memory, final Variable now) {
        final String name = memory.text("name", now == null ? "" : now.name());
        final long[] shape = memory.integers("shape", now == null ? new long[0] : now.shape());
        if (now == null) {
            ownVariables.add(computation.variable(
                    name, new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)], shape));
        }
    }

    /** What a step's fields may hold of the run, by names that are the same when it goes on. */
    public Map<String, Object> references() {
        final Map<String, Object> references = new HashMap<>();
        references.put("run", this);
        references.put("random", random);
        references.put("layers' random", layerRandom);
        references.put("loss", loss);
        for (int i = 0; i < ownOptimizers.size(); i++) {
            references.put("own optimizer " + i, ownOptimizers.get(i).optimizer());
        }
        for (int i = 0; i < ownVariables.size(); i++) {
            references.put("own variable " + i, ownVariables.get(i));
        }
        return references;
    }

    public static void addWeights(final Map<String, Object> references, final RunNetwork network) {
        network.network().weights().forEach(weight -> references.put("weight " + weight.name(), weight));
    }

    /** What the step reported; asked for once, at its end. */
    public final Map<String, DoubleSupplier> reported() {
        return reports.take();
    }

    /** Several workers share the steps. */
    final void sharedBy(final SharedCode workers) {
        shared = Optional.of(workers);
    }

    /** The variables that the steps have made. */
    final Stream<Variable> ownVariables() {
        return ownVariables.stream();
    }

    /** When all was asked for. */
    final void endOfStep() {
        shared.ifPresent(SharedCode::end);
    }

    /** How many rows the metrics get where a step gives them so many. */
    final int rowsOfAll(final int own) {
        return shared.map(SharedCode::samples).orElse(own);
    }

    /** Asks for numbers of the step that is under way; they are there when it has run. */
    final Supplier<Fetched> ask(final Part part) {
        if (shared.isPresent()) {
            return shared.get().ask(part);
        }
        final Fetched numbers = computation.fetch(part.tensor());
        return () -> numbers;
    }

    /**
     * Asks for a loss at the end of a step.
     *
     * @param name for example "generator's loss"
     */
    public final Supplier<Fetched> askForLoss(final String name, final Tensor value) {
        if (value == null) {
            throw new StepException(method + " must return the " + name + ", but it returned null");
        }
        return ask(Part.mean(single("the " + name + " that " + method + " returns", value)));
    }

    public static Tensor single(final String what, final Tensor value) {
        return single(what, "one number", value);
    }

    /**
     * A loss or another number of its own for a batch.
     *
     * @param wanted what it may be, for errors
     */
    static Tensor single(final String what, final String wanted, final Tensor value) {
        if (value == null || value.size() != 1) {
            throw new StepException(what + " must be " + wanted + ", but "
                    + (value == null ? "it is null" : "it has the shape " + Arrays.toString(value.shape()))
                    + "; use its mean() or its sum()");
        }
        return value.toFloat();
    }

    /** The method of the step that is called, for errors. */
    protected final String method() {
        return method;
    }

    @Override
    public final int epoch() {
        return epoch;
    }

    @Override
    public final int step() {
        return step;
    }

    @Override
    public final RandomSource random() {
        return random;
    }

    @Override
    public final Loss loss() {
        return loss;
    }

    @Override
    public final Optimizer sgd(final double learningRate, final double momentum) {
        return optimizer(new OptimizerConfig.Sgd(learningRate, momentum, false), learningRate, momentum);
    }

    @Override
    public final Optimizer adam(final double learningRate) {
        final OptimizerConfig.Adam keras = new OptimizerConfig.Adam(learningRate);
        return adam(learningRate, keras.beta1(), keras.beta2());
    }

    @Override
    public final Optimizer adam(final double learningRate, final double beta1, final double beta2) {
        return optimizer(new OptimizerConfig.Adam(learningRate, beta1, beta2, 1e-7), learningRate, beta1, beta2);
    }

    /** Each has variables of its own for the same weights. */
    private Optimizer optimizer(final OptimizerConfig config, final double... numbers) {
        final String prefix = "optimizer " + ownOptimizers.size() + "/";
        final Optimizer optimizer = new Optimizer(
                Update.of(config), (name, values, shape) -> computation.variable(prefix + name, values, shape));
        ownOptimizers.add(new OwnOptimizer(optimizer, numbers));
        return optimizer;
    }

    @Override
    public final void report(final String name, final double value) {
        reports.put(name, () -> value);
    }

    @Override
    public final void report(final String name, final Tensor value) {
        final Supplier<Fetched> asked = ask(Part.mean(single("a reported number", value)));
        reports.put(name, () -> asked.get().number());
    }

    /** Steps that wait are run first, so that nobody hears of a step before it was reached. */
    @Override
    public final void log(final String line) {
        if (line == null) {
            throw new StepException("log needs a text, but it is null");
        }
        computation.runWaiting();
        log.accept(line);
    }

    @Override
    public final Tensor zeros(final long... shape) {
        return full(0, shape);
    }

    @Override
    public final Tensor ones(final long... shape) {
        return full(1, shape);
    }

    @Override
    public final Tensor full(final double value, final long... shape) {
        return computation.machine().full(value, shape);
    }

    @Override
    public final Tensor tensor(final float[] values, final long... shape) {
        return computation.machine().tensor(values, shape);
    }

    @Override
    public final Tensor tensor(final long[] values, final long... shape) {
        return computation.machine().tensor(values, shape);
    }

    @Override
    public final Variable variable(final String name, final Tensor initial) {
        if (ownVariables.size() == MOST_VARIABLES) {
            throw new StepException("a run may have at most " + MOST_VARIABLES
                    + " variables; make each one once, in the first step, and keep it in a field");
        }
        if (name == null || initial == null) {
            throw new StepException("a variable needs a name and a tensor to begin with, but one of them is null");
        }
        final Variable variable = computation.variable(name, initial.toFloatArray(), initial.shape());
        ownVariables.add(variable);
        return variable;
    }

    @Override
    public final Tensor concat(final int axis, final Tensor... tensors) {
        return computation.machine().concat(axis, tensors);
    }

    @Override
    public final Tensor stack(final int axis, final Tensor... tensors) {
        return computation.machine().stack(axis, tensors);
    }

    @Override
    public final Tensor globalNorm(final List<? extends Tensor> tensors) {
        if (tensors.stream().anyMatch(Objects::isNull)) {
            throw new StepException("globalNorm needs tensors, but one is null");
        }
        return tensors.stream()
                .map(tensor -> tensor.square().sum())
                .reduce(Tensor::add)
                .orElseGet(this::zeros)
                .sqrt();
    }
}
