package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gradienttape.data.PixelRange;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.gradienttape.train.BatchResult;

/**
 * The GAN step of Keras' guide "Writing a training loop from scratch". The discriminator learns to give 1 to generated and
 * 0 to real images; then the generator alone learns to make images that get 0. Compiled or operation by operation, as the
 * computation does it.
 */
final class TensorGanStep implements AdversarialStep {
    private static final Loss LOSS = new Loss.BinaryCrossentropy();

    private final NDManager arrays;
    private final Computation computation;
    private final Player generator;
    private final Player discriminator;
    private final StepSamples real;
    private final Optional<StepSamples> validation;
    private final GanNoise noise;
    private final PixelRange pixels;

    /**
     * @param noise of the run
     * @param random of the run, for layers that draw numbers
     * @param computation closed with this step
     * @param engine owner of everything native that this step opens
     */
    TensorGanStep(
            final GanJob job,
            final GanNoise noise,
            final RandomGenerator random,
            final Computation computation,
            final NDManager engine) {
        this.arrays = engine.newSubManager();
        this.computation = computation;
        this.generator = Player.of("generator", job.generator(), computation, random);
        this.discriminator = Player.of("discriminator", job.discriminator(), computation, random);
        this.real = StepSamples.of(job.training(), job.batchSize(), arrays);
        this.validation = job.validation()
                .map(dataset -> StepSamples.of(dataset, job.config().training().batchSize(), arrays));
        this.noise = noise;
        this.pixels = job.training().pixels().range();
    }

    /** What a step leaves; of the generated images the first one. */
    private record Outcome(Fetched discriminatorLoss, Fetched generatorLoss, Fetched image) {}

    private Outcome trainStep(final Tensor realImages, final List<Double> learningRates) {
        final int batch = (int) realImages.size(0);
        final Tensor generated = generator.network.call(latentPoints(batch), Mode.FROZEN);
        final Tensor images = computation.machine().concat(0, generated, realImages);
        final Tensor labels = computation.machine().tensor(noise.labels(batch), 2L * batch, 1);
        final Tensor discriminatorLoss;
        try (GradientTape tape = new GradientTape()) {
            final Tensor logits = discriminator.network.call(images, Mode.TRAINING);
            discriminatorLoss = discriminator.total(loss(labels, logits));
            discriminator.update(tape, discriminatorLoss, learningRates.get(0));
        }
        final Tensor points = latentPoints(batch);
        final Tensor misleading = computation.machine().full(0, batch, 1); // "all real"
        final Tensor generatorLoss;
        try (GradientTape tape = new GradientTape()) {
            final Tensor made = generator.network.call(points, Mode.TRAINING);
            final Tensor logits = discriminator.network.call(made, Mode.FROZEN);
            generatorLoss = generator.total(loss(misleading, logits));
            generator.update(tape, generatorLoss, learningRates.get(1));
        }
        return outcome(discriminatorLoss, generatorLoss, generated);
    }

    /** The same losses without any update, of a discriminator whose labels have no noise. */
    private Outcome testStep(final Tensor realImages, final float[] latentPoints) {
        final int batch = (int) realImages.size(0);
        final Machine machine = computation.machine();
        final Tensor generated = generator.network.call(points(latentPoints, batch), Mode.INFERENCE);
        final Tensor logits = discriminator.network.call(machine.concat(0, generated, realImages), Mode.INFERENCE);
        final Tensor labels = machine.concat(0, machine.full(1, batch, 1), machine.full(0, batch, 1));
        final Tensor misleading = machine.full(0, batch, 1);
        return outcome(
                discriminator.total(loss(labels, logits)),
                generator.total(loss(misleading, logits.slice(0, 0, batch))),
                generated);
    }

    private Outcome outcome(final Tensor discriminatorLoss, final Tensor generatorLoss, final Tensor generated) {
        return new Outcome(
                computation.fetch(discriminatorLoss),
                computation.fetch(generatorLoss),
                computation.fetch(generated.slice(0, 0, 1)));
    }

    private Tensor latentPoints(final int images) {
        return points(noise.latentPoints(images), images);
    }

    private Tensor points(final float[] numbers, final int images) {
        return computation.machine().tensor(numbers, images, numbers.length / images);
    }

    private Tensor loss(final Tensor labels, final Tensor logits) {
        computation.machine().at("loss");
        final Tensor loss = LOSS.call(labels, logits);
        computation.machine().at("");
        return loss;
    }

    @Override
    public int batchesPerCall() {
        return computation.joinsSteps() ? real.size().batches() : 1;
    }

    @Override
    public List<BatchResult> train(final List<Batch> batches) {
        return run(
                real,
                batches.stream().map(Batch::samples).toList(),
                (i, images) -> trainStep(images, batches.get(i).learningRates()));
    }

    /** The same images meet the same latent points in each pass. */
    @Override
    public List<BatchResult> evaluate(final List<int[]> batches) {
        return run(
                validation.orElseThrow(),
                batches,
                (i, images) -> testStep(images, noise.validationPoints(batches.get(i))));
    }

    @FunctionalInterface
    private interface Code {
        Outcome run(int batch, Tensor images);
    }

    private List<BatchResult> run(final StepSamples side, final List<int[]> batches, final Code code) {
        final long start = System.nanoTime();
        final int[] samples = batches.stream().flatMapToInt(Arrays::stream).toArray();
        final long[] places = side.source().places(samples);
        final List<Outcome> outcomes = new ArrayList<>();
        try (NDManager call = arrays.newSubManager()) {
            final NDArray features = side.source().features(samples, call);
            int first = 0;
            for (int i = 0; i < batches.size(); i++) {
                final int number = i;
                final long[] own = Arrays.copyOfRange(places, first, first + batches.get(i).length);
                computation.step(() -> outcomes.add(code.run(number, side.samples(computation, features, own))));
                first += own.length;
            }
            computation.finish();
        }
        side.size().took(batches.size(), System.nanoTime() - start);
        final List<BatchResult> results = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            final Outcome outcome = outcomes.get(i);
            results.add(BatchResult.ofLosses(
                            batches.get(i).length, List.of((double) outcome.discriminatorLoss.number(), (double)
                                    outcome.generatorLoss.number()))
                    .withImage(pixels.bytes(outcome.image.numbers())));
        }
        return results;
    }

    @Override
    public List<byte[]> fixedImages() {
        return noise.fixedImages(pixels, this::generate);
    }

    /** The images of latent points by the generator as it is used later. */
    private float[] generate(final float[] numbers, final int images) {
        final List<Fetched> made = new ArrayList<>();
        computation.step(
                () -> made.add(computation.fetch(generator.network.call(points(numbers, images), Mode.INFERENCE))));
        computation.finish();
        return made.get(0).numbers();
    }

    @Override
    public List<Weights> weights() {
        return List.of(discriminator.weights(computation), generator.weights(computation));
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

    /**
     * One of the two networks, and how its weights change.
     *
     * @param prefix of the names of its variables
     */
    private record Player(String prefix, CallableNetwork network, Optimizer optimizer, GradientClipping clipping) {
        static Player of(
                final String name,
                final GanJob.Player player,
                final Computation computation,
                final RandomGenerator random) {
            final String prefix = name + "/";
            return new Player(
                    prefix,
                    new CallableNetwork(
                            player.model().network(),
                            player.model().weights(),
                            (weight, values, shape) -> computation.variable(prefix + weight, values, shape),
                            computation::machine,
                            random),
                    new Optimizer(player.update().optimizer(), computation),
                    player.update().clipping());
        }

        /** With the losses that layers added in the last call. */
        Tensor total(final Tensor loss) {
            return network.hasLosses() ? loss.add(network.losses()) : loss;
        }

        void update(final GradientTape tape, final Tensor loss, final double learningRate) {
            final List<Variable> weights = network.trainableWeights();
            optimizer.apply(clipping.clip(tape.gradient(loss, weights)), weights, learningRate);
        }

        Weights weights(final Computation computation) {
            final Map<String, float[]> values = new HashMap<>();
            network.weights()
                    .forEach(weight -> values.put(weight.name().substring(prefix.length()), computation.read(weight)));
            return Weights.of(network.network(), values);
        }
    }
}
