package org.gradienttape.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;

/** Datasets, models and monitors that several tests use. */
public final class TestData {
    /** Never stops, keeps no lines. */
    public static final TrainingMonitor PATIENT = new TrainingMonitor() {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {}
    };

    private TestData() {}

    /** The first of the 60,000 MNIST training images, flat. */
    public static Dataset mnist(final Path folder, final Scaling scaling, final int samples) throws IOException {
        return read(
                        folder,
                        new ReadRequest.Form(scaling, SampleShape.FLAT),
                        new ReadRequest.Split(new HeldOut.None(), false, samples))
                .training();
    }

    /** The first of the 60,000 MNIST training images, 28 x 28 x 1, from 0 to 1. */
    public static Dataset mnistImages(final Path folder, final int samples) throws IOException {
        return read(
                        folder,
                        new ReadRequest.Form(Scaling.DIVIDE_BY_255, SampleShape.IMAGE),
                        new ReadRequest.Split(new HeldOut.None(), false, samples))
                .training();
    }

    /** The first of the MNIST training images, flat, from 0 to 1; the last of all 60,000 are held out. */
    public static DatasetPair mnistHeldOut(final Path folder, final int samples, final int heldOut) throws IOException {
        return read(
                folder,
                new ReadRequest.Form(Scaling.DIVIDE_BY_255, SampleShape.FLAT),
                new ReadRequest.Split(new HeldOut.LastSamples(heldOut), false, samples));
    }

    /** As the guide splits MNIST: pixels as stored, the last 10,000 training images held out. */
    public static DatasetPair guide(final Path folder) throws IOException {
        return read(
                folder,
                new ReadRequest.Form(Scaling.AS_STORED, SampleShape.FLAT),
                new ReadRequest.Split(new HeldOut.LastSamples(10_000), false, 0));
    }

    private static DatasetPair read(final Path folder, final ReadRequest.Form form, final ReadRequest.Split split)
            throws IOException {
        return DatasetReader.read(
                new ReadRequest(new NamedSource(NamedDataset.MNIST, Optional.empty()), form, split),
                folder.resolve("training"),
                folder.resolve("held-out"),
                fraction -> true);
    }

    /** Float features from -1 to 1 and labels, drawn from the seed. */
    public static Dataset random(
            final Path folder, final Shape shape, final int classes, final int samples, final long seed)
            throws IOException {
        return random(folder, shape, classes, samples, seed, random -> 2 * random.nextDouble() - 1);
    }

    /** Numbers that a network takes: whole ones, where it looks them up. */
    static Dataset randomFor(
            final Network network, final Path folder, final int classes, final int samples, final long seed)
            throws IOException {
        final List<MaskingLayer.Embedding> looksUp = MaskingLayer.ofSamples(network);
        return looksUp.isEmpty()
                ? random(folder, network.input(), classes, samples, seed)
                : random(
                        folder,
                        network.input(),
                        classes,
                        samples,
                        seed,
                        random -> random.nextInt(looksUp.get(0).inputDim()));
    }

    private static Dataset random(
            final Path folder,
            final Shape shape,
            final int classes,
            final int samples,
            final long seed,
            final ToDoubleFunction<SplittableRandom> number)
            throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final DatasetInfo info = new DatasetInfo(
                "random",
                samples,
                shape,
                ElementType.FLOAT32,
                Scaling.AS_STORED,
                IntStream.range(0, classes).mapToObj(String::valueOf).toList());
        final ByteBuffer features =
                ByteBuffer.allocate(samples * info.bytesPerSample()).order(ByteOrder.LITTLE_ENDIAN);
        while (features.hasRemaining()) {
            features.putFloat((float) number.applyAsDouble(random));
        }
        try (DatasetWriter writer = DatasetWriter.create(folder, info)) {
            writer.writeFeatures(features.flip());
            writer.writeLabels(random.ints(samples, 0, classes).toArray());
            return writer.finish();
        }
    }

    /** The guide's classifier, 784-64-64-10, with freshly drawn weights. */
    public static Model classifier(final long seed) {
        return fresh(
                Network.of(
                        Shape.of(784),
                        List.of(
                                new Layer.Dense(64, Activation.RELU),
                                new Layer.Dense(64, Activation.RELU),
                                new Layer.Dense(10, Activation.NONE))),
                seed);
    }

    public static Model fresh(final Network network, final long seed) {
        return new Model(network, Weights.initial(network, seed), Provenance.of("test"));
    }

    public static TrainingJob job(
            final Model model, final Dataset training, final OptimizerConfig optimizer, final TrainingConfig config) {
        return new TrainingJob(
                model,
                training,
                Optional.empty(),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(optimizer),
                config,
                CallbacksConfig.NONE,
                TestDevice.compute(Execution.EAGER));
    }

    /** The same job, computed another way. */
    public static TrainingJob by(final Execution execution, final TrainingJob job) {
        return new TrainingJob(
                job.model(),
                job.training(),
                job.validation(),
                job.objective(),
                job.update(),
                job.config(),
                job.callbacks(),
                new Compute(job.compute().device(), job.compute().threads(), execution));
    }
}
