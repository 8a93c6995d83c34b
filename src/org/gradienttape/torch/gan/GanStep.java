package org.gradienttape.torch.gan;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gradienttape.code.UserCode;
import org.gradienttape.data.PixelRange;
import org.gradienttape.distributed.Workers;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Weights;
import org.gradienttape.state.Memory;
import org.gradienttape.state.ObjectMemory;
import org.gradienttape.state.RandomStream;
import org.gradienttape.step.CustomGanStep;
import org.gradienttape.step.StandardGanStep;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.torch.CodeWatch;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.Fetched;
import org.gradienttape.torch.feed.StepBatches;
import org.gradienttape.torch.feed.StepSamples;
import org.gradienttape.torch.training.EngineRun;
import org.gradienttape.torch.training.LearningStep;
import org.gradienttape.torch.training.SharedLearning;
import org.gradienttape.train.BatchResult;

/** Trains discriminator and generator with a step, ours or a user's. */
final class GanStep implements LearningStep {
    private final NDManager arrays;
    private final Computation computation;
    private final UserCode<CustomGanStep> code;
    private final Workers workers;
    private final SharedLearning shared;
    private final EngineGanRun run;
    private final StepBatches batches;
    private final CodeWatch watch;
    private final StepSamples training;
    private final Optional<StepSamples> validation;
    private final float[] fixedPoints;
    private final PixelRange pixels;
    private final GanJob job;
    private final Random random;

    /**
     * Where random numbers come from.
     *
     * @param layers those of the layers
     * @param own those of the steps
     * @param fixed latent points of the images that can be compared
     */
    record Random(RandomGenerator layers, RandomGenerator own, RandomGenerator fixed) {
        static Random of(final long seed) {
            final RandomStream random = new RandomStream(seed);
            final RandomStream own = random.split();
            return new Random(random, own, random.split());
        }

        /** Keeps the places of the streams that steps draw from, or goes back to them. */
        void keep(final Memory memory) {
            keep(memory.part("layers"), layers);
            keep(memory.part("own"), own);
        }

        private static void keep(final Memory memory, final RandomGenerator random) {
            if (random instanceof RandomStream stream) {
                stream.keep(memory);
            }
        }
    }

    /**
     * @param code what happens with a batch
     * @param workers share the batches, whose step is then the standard one
     * @param computation closed with this step
     * @param engine owner of everything native that this step opens
     */
    GanStep(
            final GanJob job,
            final UserCode<CustomGanStep> code,
            final Workers workers,
            final EngineRun.Surroundings surroundings,
            final Random random,
            final Computation computation,
            final NDManager engine) {
        this.arrays = engine.newSubManager();
        this.computation = computation;
        this.workers = workers;
        this.shared = new SharedLearning(workers, computation::machine);
        this.code = workers.areSeveral() ? UserCode.ours(new StandardGanStep(shared)) : code;
        this.job = job;
        this.random = random;
        this.fixedPoints = points(
                random.fixed(), job.config().images().fixed() * job.config().latentDimension());
        this.run = new EngineGanRun(job, computation, random.layers(), random.own(), surroundings);
        this.batches = new StepBatches(computation, arrays);
        this.watch = new CodeWatch(surroundings.code(), surroundings.stopped(), computation);
        computation.watchedBy(watch);
        this.training = StepSamples.of(job.training(), job.batchSize(), arrays);
        this.validation = job.validation()
                .map(images -> StepSamples.of(images, job.config().training().batchSize(), arrays));
        this.pixels = job.training().pixels().range();
    }

    private static float[] points(final RandomGenerator random, final int count) {
        final float[] points = new float[count];
        for (int i = 0; i < count; i++) {
            points[i] = (float) random.nextGaussian();
        }
        return points;
    }

    @Override
    public int batchesPerCall() {
        return computation.joinsSteps() && workers.joinsSteps()
                ? training.size().batches()
                : 1;
    }

    @Override
    public List<BatchResult> train(final List<Batch> call) {
        final List<int[]> samples = call.stream().map(Batch::samples).toList();
        return results(samples, batches.run(training, workers.own(samples), (i, images) -> {
            begin(samples.get(i));
            run.train(call.get(i));
            run.discriminatorOptimizer()
                    .setLearningRate(call.get(i).learningRates().get(0));
            run.generatorOptimizer().setLearningRate(call.get(i).learningRates().get(1));
            return code.call(step -> run.outcome(step.trainStep(run, images)));
        }));
    }

    /** The same images meet the same latent points in each pass. */
    @Override
    public List<BatchResult> evaluate(final List<int[]> call) {
        final long seed = job.config().training().seed();
        return results(call, batches.run(validation.orElseThrow(), workers.own(call), (i, images) -> {
            begin(call.get(i));
            run.validate(new RandomStream(seed + call.get(i)[0]));
            return code.call(step -> run.outcome(step.testStep(run, images)));
        }));
    }

    private void begin(final int[] batch) {
        watch.begin();
        shared.begin(batch.length);
    }

    @Override
    public boolean runsOwnCode() {
        return watch.hasCode();
    }

    @Override
    public boolean goOn(final boolean wanted) {
        return workers.goOn(wanted);
    }

    private List<BatchResult> results(final List<int[]> call, final List<EngineGanRun.Outcome> outcomes) {
        return IntStream.range(0, call.size())
                .mapToObj(i -> outcomes.get(i).of(call.get(i).length, pixels))
                .toList();
    }

    /**
     * Images of the latent points that stay the same during the run, by the generator as it is now; none if the run
     * keeps none.
     *
     * @return each height x width x channels, row-major, one unsigned byte per number
     */
    List<byte[]> fixedImages() {
        final int dimension = job.config().latentDimension();
        final int atOnce = job.batchSize() * dimension;
        final List<byte[]> images = new ArrayList<>();
        for (int from = 0; from < fixedPoints.length; from += atOnce) {
            final float[] points = Arrays.copyOfRange(fixedPoints, from, Math.min(fixedPoints.length, from + atOnce));
            final int count = points.length / dimension;
            final float[] made = generate(points, count);
            final int size = made.length / count;
            for (int i = 0; i < count; i++) {
                images.add(pixels.bytes(Arrays.copyOfRange(made, i * size, (i + 1) * size)));
            }
        }
        return images;
    }

    /** The images of latent points by the generator as it is used later. */
    private float[] generate(final float[] points, final int count) {
        final List<Fetched> made = new ArrayList<>();
        computation.step(() -> made.add(computation.fetch(run.generator()
                .call(computation.machine().tensor(points, count, points.length / count), Mode.INFERENCE))));
        computation.finish();
        return made.get(0).numbers();
    }

    @Override
    public void keep(final Memory memory) {
        random.keep(memory.part("random"));
        computation.keep(memory.part("computation"));
        run.keep(memory.part("run"));
        code.keep(memory.part("code"), new ObjectMemory(run.references(), Tensor.class));
    }

    @Override
    public List<Weights> weights() {
        return run.weights();
    }

    @Override
    public Optional<String> code() {
        return computation.code();
    }

    @Override
    public void close() {
        computation.close();
        arrays.close();
    }
}
