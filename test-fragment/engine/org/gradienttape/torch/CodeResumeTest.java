package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.checkpoint.CheckpointPlan.Resume;
import org.gradienttape.checkpoint.CheckpointPlan.Unit;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.gan.CodeGanTraining;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.gan.TrainedGan;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with a user's code go on, whatever the code left in variables, optimizers and fields. */
class CodeResumeTest {
    private static final int STEPS = 10;

    @TempDir
    private Path folder;

    private DatasetPair digits;

    @BeforeEach
    void readDigits() throws IOException {
        digits = TestData.mnistHeldOut(folder.resolve("data"), 310, 64);
    }

    private TrainingJob job(final Execution execution, final int epochs) {
        return job(
                Network.of(
                        Shape.of(784),
                        List.of(
                                new Layer.Dense(16, Activation.RELU),
                                new Layer.Dropout(0.2),
                                new Layer.Dense(10, Activation.NONE))),
                execution,
                epochs);
    }

    private TrainingJob job(final Network network, final Execution execution, final int epochs) {
        return new TrainingJob(
                TestData.fresh(network, 1),
                digits.training(),
                digits.heldOut(),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(new OptimizerConfig.Adam(0.003)),
                new TrainingConfig(epochs, 32, 100, 5, 1),
                CallbacksConfig.NONE,
                TestDevice.compute(execution));
    }

    private RunFiles plan(final Resume resume) {
        return RunFiles.of(new CheckpointPlan(folder.resolve("checkpoints"), 3, Unit.STEPS, resume));
    }

    /** Ends the run about at a step; the code runs on another thread. */
    private static final class Stopper implements GanMonitor {
        private final long atStep;
        private String warning = "";

        Stopper(final long atStep) {
            this.atStep = atStep;
        }

        @Override
        public boolean goOn(final Progress progress) {
            return progress.stepsDone() < atStep;
        }

        @Override
        public void log(final String line) {}

        @Override
        public void warn(final String sentence) {
            warning = sentence;
        }
    }

    private static Stopper patient() {
        return new Stopper(Long.MAX_VALUE);
    }

    /** A checkpoint of a shorter run is one in the middle of a longer one; the number of epochs is free. */
    private void assertGoesOn(final OwnCode own, final Execution execution) {
        assertGoesOn(own, epochs -> job(execution, epochs));
    }

    private void assertGoesOn(final OwnCode own, final IntFunction<TrainingJob> jobs) {
        final TrainedModel whole = CodeTraining.run(jobs.apply(3), own, patient());
        final Stopper monitor = patient();

        CodeTraining.run(jobs.apply(1), own, plan(Resume.NEVER), monitor);
        assertThat(monitor.warning).isEmpty();
        CodeTraining.run(jobs.apply(2), own, plan(Resume.MUST), monitor);
        final TrainedModel resumed = CodeTraining.run(jobs.apply(3), own, plan(Resume.MUST), monitor);

        assertThat(resumed.log().resumptions()).hasSize(2);
        ResumeTest.assertAlike(resumed.log(), whole.log());
        assertThat(resumed.model()).isEqualTo(whole.model());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StandardStep",
                "ClipGradients",
                "AccumulateGradients",
                "LabelSmoothing",
                "Mixup",
                "AddedLosses",
                "TwoOptimizers"
            })
    void everyTemplateGoesOn(final String name) {
        assertGoesOn(OwnCode.ofStep(StepCode.template(name)), Execution.COMPILED);
    }

    /**
     * It updates in each fourth step, by a program that the second run of a single step does not come to; the third one must
     * still know what of it is a number that changes.
     */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aRunThatWentOnForOneStepGoesOnAsIfItHadNotEnded(final Execution execution) {
        final int[] limits = {9, 10, 40};
        assertGoesOn(OwnCode.ofStep(StepCode.template("AccumulateGradients")), run -> {
            final TrainingJob job = job(execution, 10);
            return new TrainingJob(
                    job.model(),
                    job.training(),
                    job.validation(),
                    job.objective(),
                    job.update(),
                    new TrainingConfig(10, 32, 100, 5, 1, limits[run - 1]),
                    job.callbacks(),
                    job.compute());
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void lossAndMetricOfAUserGoOn(final Execution execution) {
        assertGoesOn(
                new OwnCode(
                        Optional.empty(),
                        Optional.of(StepCode.template("FocalLoss")),
                        Optional.of(StepCode.template("BalancedAccuracy"))),
                execution);
    }

    /** Everything that a field may hold, and two optimizers for the same weights that take turns. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatFieldsHoldIsThereAgain(final Execution execution) {
        assertGoesOn(OwnCode.ofStep(StepCode.step("""
                        enum Phase { FIRST, LATER }
                        record Pair(double a, String b) {}
                        static final class Average { double sum; int count; void add(double x) { sum += x; count++; } }
                        static int calls;
                        static final List<Integer> STEPS = new ArrayList<>();
                        private final Average average = new Average();
                        private final double[] last = new double[3];
                        private final Map<String, Variable> variables = new HashMap<>();
                        private final ArrayDeque<Float> queue = new ArrayDeque<>();
                        private org.gradienttape.optimizer.Optimizer even; private org.gradienttape.optimizer.Optimizer odd;
                        private Phase phase = Phase.FIRST;
                        private Pair pair; private long[][] table; private String text; private Boolean flag;
                        private List<Integer> fixed; private Average same; private TrainingRun kept; private Tensor lost;
                        private Runnable nothing = () -> {};
                        """, """
                        if (even == null) { even = run.adam(0.01); table = new long[][] {{1}, {2, 3}}; kept = run; same = average; }
                        if (calls % 2 == 1 && odd == null) { odd = run.sgd(0.05, 0.9); }
                        calls++; STEPS.add(run.step()); flag = calls > 4; text = "t" + calls; fixed = List.of(calls, 7);
                        if (calls > 12) { phase = Phase.LATER; }
                        lost = x;
                        last[calls % 3] += run.random().uniform();
                        queue.add((float) last[0]); if (queue.size() > 3) { queue.removeFirst(); }
                        pair = new Pair(queue.peek(), "b" + calls);
                        table[1][1] += STEPS.size();
                        Variable mean = variables.computeIfAbsent("mean", name -> run.variable(name, run.zeros()));
                        if (calls % 7 == 0) { variables.computeIfAbsent("mean" + calls, name -> run.variable("mean", run.ones(2))); }
                        try (GradientTape tape = new GradientTape()) {
                            Tensor p = kept.model().call(x, Mode.TRAINING);
                            Tensor loss = run.loss().call(y, p).mul(phase == Phase.LATER ? 0.5 : 1);
                            var weights = run.model().trainableWeights();
                            (calls % 2 == 0 && odd != null ? odd : even).apply(tape.gradient(loss, weights), weights);
                            mean.assign(mean.mul(0.9).add(loss.mul(0.1)));
                            same.add(calls);
                            run.report("Mean", mean);
                            run.report("Rest", average.sum + average.count + last[0] + last[1] + last[2] + pair.a()
                                + table[1][1] + fixed.get(0) + text.length() + (flag ? 100 : 0) + STEPS.size()
                                + variables.size() + queue.stream().mapToDouble(f -> f).sum());
                            return loss;
                        }
                        """)), execution);
    }

    /** Fields of a layer, of layers within, which share some, and what their {@code build} leaves in them. */
    private static final String REMEMBERS = """
            import java.util.*; import org.gradienttape.layer.*; import org.gradienttape.tensor.*;
            public class Remembers extends CustomLayer {
                record Seen(long rows, double sum) {}
                static int calls;
                private final List<Integer> shared = new ArrayList<>();
                private final Sublayer dense = layer(new Layer.Dense(16, Activation.TANH));
                private final List<Sublayer> blocks = new ArrayList<>();
                private final Inner hidden = new Inner(shared, 0.1);
                private Shape taken; private float moving; private Seen seen = new Seen(0, 0);
                private Variable scale; private Map<String, Variable> byName = new HashMap<>(); private Tensor last;
                public Remembers() {
                    for (int i = 0; i < 2; i++) { blocks.add(layer(new Inner(shared, i))); }
                    blocks.add(layer(hidden));
                }
                public void build(Shape input) {
                    taken = input; moving = 1; scale = addWeight("scale", Initializer.ONES, 16);
                    byName.put("scale", scale); byName.put("mean", addState("mean", Initializer.ZEROS, 16));
                }
                public Tensor call(Tensor x, Mode mode) {
                    last = dense.call(x, mode);
                    if (mode.isTraining()) {
                        calls++; moving = moving * 0.9f + calls % 5; seen = new Seen(seen.rows() + x.size(0), moving);
                        byName.get("mean").assign(byName.get("mean").mul(0.9).add(last.mean(0).mul(0.1)));
                    }
                    Tensor result = last.mul(scale).sub(byName.get("mean")).mul(1 + 0.01 * moving + 1e-4 * seen.rows());
                    for (Sublayer block : blocks) { result = block.call(result, mode); }
                    return result.mul(1 + 1e-3 * shared.size() / (taken.rank() + hidden.count));
                }
            }
            class Inner extends CustomLayer {
                private final List<Integer> shared; private final double step; double count; private Variable bias;
                Inner(List<Integer> shared, double step) { this.shared = shared; this.step = step; }
                public void build(Shape input) { count = 3; bias = addWeight("bias", Initializer.ZEROS, input.last()); }
                public Tensor call(Tensor x, Mode mode) {
                    count += step; shared.add((int) count);
                    return x.add(bias.mul(1 / count)).add(random().normal(16).mul(0.01));
                }
            }
            """;

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatLayersHaveInTheirFieldsIsThereAgain(final Execution execution) {
        final Network network = JavaLayers.network(
                Shape.of(784), REMEMBERS, new Layer.Dropout(0.1), new Layer.Dense(10, Activation.NONE));

        assertGoesOn(OwnCode.NONE, epochs -> job(network, execution, epochs));
    }

    /** Two layers of the same code have fields of their own. */
    @Test
    void layersOfTheSameCodeRememberEachForItself() {
        final String counts = JavaLayers.layer(
                "private int calls;",
                "calls += mode.isTraining() ? x.size(1) > 16 ? 1 : 2 : 0; return x.mul(1 + 0.01 * (calls % 7));");
        final Network network = JavaLayers.network(
                Shape.of(784),
                counts,
                new Layer.Dense(16, Activation.RELU),
                counts,
                new Layer.Dense(10, Activation.NONE));

        assertGoesOn(OwnCode.NONE, epochs -> job(network, Execution.COMPILED, epochs));
    }

    @Test
    void aFieldOfALayerThatCannotBeKeptIsTold() {
        final Network network = JavaLayers.network(
                Shape.of(784),
                JavaLayers.layer("private final Random random = new Random(3);", "return x.mul(random.nextDouble());"),
                new Layer.Dense(10, Activation.NONE));
        final Stopper monitor = patient();

        Training.run(job(network, Execution.COMPILED, 1), plan(Resume.NEVER), monitor);

        assertThat(monitor.warning)
                .startsWith("A checkpoint cannot keep Mine.random of the type Random; keep numbers,");
    }

    @Test
    void layersOfAGanGoOn() throws IOException {
        final String counts = JavaLayers.layer(
                "private double calls; private Variable shift;"
                        + " public void build(Shape input) { calls = 5; shift = addWeight(\"shift\", Initializer.ZEROS, 1); }",
                "calls += mode.isTraining() ? 1 : 0.25; return x.mul(1 + 0.01 * (calls % 7)).add(shift);");
        final TrainedGan whole = GanTraining.run(gan(2, counts), patient());
        final Stopper monitor = patient();

        GanTraining.run(gan(1, counts), plan(Resume.NEVER), monitor);
        final TrainedGan resumed = GanTraining.run(gan(2, counts), plan(Resume.MUST), monitor);

        assertThat(monitor.warning).isEmpty();
        assertThat(resumed.generator())
                .isEqualTo(whole.generator().with(resumed.generator().preprocessing()));
        assertThat(resumed.discriminator()).isEqualTo(whole.discriminator());
        ResumeTest.assertAlike(resumed.log(), whole.log());
    }

    /** More programs than pay: the run becomes eager in the same step as an undisturbed one. */
    @Test
    void aRunThatBecomesEagerDoesSoInTheSameStep() {
        assertGoesOn(OwnCode.ofStep(StepCode.step("private int calls;", """
                        calls++;
                        try (GradientTape tape = new GradientTape()) {
                            Tensor p = run.model().call(x, Mode.TRAINING);
                            Tensor loss = run.loss().call(y, p);
                            for (int i = 0; i < calls % 14; i++) { loss = loss.add(run.random().normal(1).mean().mul(0.001)); }
                            var weights = run.model().trainableWeights();
                            run.optimizer().apply(tape.gradient(loss, weights), weights);
                            return loss;
                        }
                        """)), Execution.COMPILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "private final Random random = new Random(3);|Mine.random of the type Random",
                "private Object any = new StringBuilder();|Mine.any of the type StringBuilder",
                "private List<Object> all = new ArrayList<>(List.of(new Random(1)));|Mine.all[0] of the type Random",
                "private Iterator<Integer> numbers = List.of(1).iterator();|Mine.numbers of the type ListItr",
            })
    void whatCannotBeKeptIsToldAndTheRunGoesOn(final String field, final String told) {
        final OwnCode own =
                OwnCode.ofStep(StepCode.step(field, "return run.loss().call(y, run.model().call(x, Mode.TRAINING));"));
        final Stopper monitor = patient();

        final TrainedModel trained = CodeTraining.run(job(Execution.COMPILED, 1), own, plan(Resume.NEVER), monitor);

        assertThat(trained.log().steps()).hasSize(STEPS);
        assertThat(monitor.warning)
                .isEqualTo("A checkpoint cannot keep " + told
                        + "; keep numbers, texts, arrays, lists, maps or variables of"
                        + " the run, and take random numbers from the run. The run goes on without this checkpoint.");
    }

    @Test
    void aCancelBetweenTwoStepsLeavesACheckpoint() {
        final OwnCode own = OwnCode.ofStep(StepCode.template("TwoOptimizers"));
        final TrainedModel whole = CodeTraining.run(job(Execution.EAGER, 40), own, patient());

        final TrainedModel cancelled =
                CodeTraining.run(job(Execution.EAGER, 40), own, plan(Resume.NEVER), new Stopper(25));
        final TrainedModel resumed = CodeTraining.run(job(Execution.EAGER, 40), own, plan(Resume.MUST), patient());

        assertThat(cancelled.log().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(resumed.log().resumptions().get(0).epoch()).isPositive();
        ResumeTest.assertAlike(resumed.log(), whole.log());
        assertThat(resumed.model()).isEqualTo(whole.model());
    }

    @Test
    void otherCodeIsAnotherRun() {
        CodeTraining.run(
                job(Execution.COMPILED, 1),
                OwnCode.ofStep(StepCode.template("StandardStep")),
                plan(Resume.NEVER),
                patient());

        assertThatThrownBy(() -> CodeTraining.run(
                        job(Execution.COMPILED, 1),
                        OwnCode.ofStep(StepCode.template("Mixup")),
                        plan(Resume.IF_THERE),
                        patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is of another run: the code of the step was another one;");
        assertThatThrownBy(() -> Training.run(job(Execution.COMPILED, 1), plan(Resume.IF_THERE), patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is of another run: the code of the step is gone;");
    }

    @Test
    void aGanWithCodeGoesOn() throws IOException {
        final String code = StepCode.template("WassersteinGan");
        final TrainedGan whole = CodeGanTraining.run(gan(2), code, patient());

        CodeGanTraining.run(gan(1), code, plan(Resume.NEVER), patient());
        final TrainedGan resumed = CodeGanTraining.run(gan(2), code, plan(Resume.MUST), patient());

        assertThat(resumed.generator())
                .isEqualTo(whole.generator().with(resumed.generator().preprocessing()));
        assertThat(resumed.discriminator()).isEqualTo(whole.discriminator());
        ResumeTest.assertAlike(resumed.log(), whole.log());
        assertThat(resumed.images()).hasSameSizeAs(whole.images());
    }

    private GanJob gan(final int epochs) throws IOException {
        return gan(
                epochs,
                Network.of(
                        Shape.of(5),
                        List.of(new Layer.Dense(784, Activation.SIGMOID), new Layer.Reshape(Shape.of(28, 28, 1)))),
                Network.of(Shape.of(28, 28, 1), List.of(new Layer.Flatten(), new Layer.Dense(1, Activation.NONE))));
    }

    /** With a layer in Java in both networks. */
    private GanJob gan(final int epochs, final String layer) throws IOException {
        return gan(
                epochs,
                JavaLayers.network(
                        Shape.of(5),
                        layer,
                        new Layer.Dense(784, Activation.SIGMOID),
                        new Layer.Reshape(Shape.of(28, 28, 1))),
                JavaLayers.network(
                        Shape.of(28, 28, 1), new Layer.Flatten(), layer, new Layer.Dense(1, Activation.NONE)));
    }

    private GanJob gan(final int epochs, final Network generator, final Network discriminator) throws IOException {
        return new GanJob(
                new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(4e-3)),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(3e-3)),
                TestData.mnistImages(folder.resolve("images" + epochs + Math.random()), 310),
                new GanConfig(new TrainingConfig(epochs, 32, 100, 7, 1, 0), 5, 0.05, new GanConfig.KeptImages(4, 2)),
                TestDevice.compute(Execution.COMPILED));
    }
}
