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
import org.gradienttape.gan.GanResult;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

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
        this.noise = noise;
        this.pixels = job.training().pixels().range();
    }

    /** What a step leaves; of the generated images the first one. */
    private record Outcome(Fetched discriminatorLoss, Fetched generatorLoss, Fetched image) {}

    private Outcome trainStep(final Tensor realImages) {
        final int batch = (int) realImages.size(0);
        final Tensor generated = generator.network.call(latentPoints(batch), Mode.FROZEN);
        final Tensor images = computation.machine().concat(0, generated, realImages);
        final Tensor labels = computation.machine().tensor(noise.labels(batch), 2L * batch, 1);
        final Tensor discriminatorLoss;
        try (GradientTape tape = new GradientTape()) {
            final Tensor logits = discriminator.network.call(images, Mode.TRAINING);
            discriminatorLoss = discriminator.total(loss(labels, logits));
            discriminator.update(tape, discriminatorLoss);
        }
        final Tensor points = latentPoints(batch);
        final Tensor misleading = computation.machine().full(0, batch, 1); // "all real"
        final Tensor generatorLoss;
        try (GradientTape tape = new GradientTape()) {
            final Tensor made = generator.network.call(points, Mode.TRAINING);
            final Tensor logits = discriminator.network.call(made, Mode.FROZEN);
            generatorLoss = generator.total(loss(misleading, logits));
            generator.update(tape, generatorLoss);
        }
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
    public GanResult train(final int[] samples) {
        return train(List.of(samples)).get(0);
    }

    @Override
    public List<GanResult> train(final List<int[]> batches) {
        final long start = System.nanoTime();
        final int[] samples = batches.stream().flatMapToInt(Arrays::stream).toArray();
        final long[] places = real.source().places(samples);
        final List<Outcome> outcomes = new ArrayList<>();
        try (NDManager call = arrays.newSubManager()) {
            final NDArray features = real.source().features(samples, call);
            int first = 0;
            for (final int[] batch : batches) {
                final long[] own = Arrays.copyOfRange(places, first, first + batch.length);
                computation.step(() -> outcomes.add(trainStep(real.samples(computation, features, own))));
                first += batch.length;
            }
            computation.finish();
        }
        real.size().took(batches.size(), System.nanoTime() - start);
        return outcomes.stream()
                .map(outcome -> new GanResult(
                        outcome.discriminatorLoss.number(),
                        outcome.generatorLoss.number(),
                        pixels.bytes(outcome.image.numbers())))
                .toList();
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
    public Weights generatorWeights() {
        return generator.weights(computation);
    }

    @Override
    public Weights discriminatorWeights() {
        return discriminator.weights(computation);
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
    private record Player(String prefix, CallableNetwork network, Optimizer optimizer, double rate) {
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
                    new Optimizer(player.optimizer(), computation),
                    player.optimizer().learningRate());
        }

        /** With the losses that layers added in the last call. */
        Tensor total(final Tensor loss) {
            return network.hasLosses() ? loss.add(network.losses()) : loss;
        }

        void update(final GradientTape tape, final Tensor loss) {
            final List<Variable> weights = network.trainableWeights();
            optimizer.apply(tape.gradient(loss, weights), weights, rate);
        }

        Weights weights(final Computation computation) {
            final Map<String, float[]> values = new HashMap<>();
            network.weights()
                    .forEach(weight -> values.put(weight.name().substring(prefix.length()), computation.read(weight)));
            return Weights.of(network.network(), values);
        }
    }
}
