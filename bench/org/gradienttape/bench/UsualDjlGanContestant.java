package org.gradienttape.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.gradienttape.data.Dataset;

/** DJL as its documentation shows it: arrays in memory, an ArrayDataset, two Trainers, a GradientCollector each. */
final class UsualDjlGanContestant implements Contestant {
    private static final Loss LOSS = Loss.sigmoidBinaryCrossEntropyLoss();
    private static final float LARGEST_BYTE = 255;

    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private final int threads;
    private final ArrayDataset digits;

    UsualDjlGanContestant(final GanTask task, final int threads) {
        this.threads = threads;
        this.digits = dataset(task.digits());
    }

    @Override
    public String name() {
        return "DJL the usual way";
    }

    @Override
    public Outcome train(final int steps) {
        JniUtils.setNumThreads(threads);
        try (UsualDjlGan gan = new UsualDjlGan()) {
            final Iterator<Batch> batches =
                    gan.discriminator().iterateDataset(digits).iterator();
            final List<Double> seconds = new ArrayList<>();
            double loss = Double.NaN;
            for (int step = 0; step < steps; step++) {
                final long start = System.nanoTime();
                try (Batch batch = batches.next()) {
                    loss = step(gan, batch.getData().singletonOrThrow());
                }
                seconds.add((System.nanoTime() - start) / 1e9);
            }
            return new Outcome(seconds, loss);
        } catch (final IOException | TranslateException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static double step(final UsualDjlGan gan, final NDArray real) {
        final NDManager arrays = real.getManager();
        final long batch = real.size(0);
        final NDArray generated = gan.generator()
                .forward(new NDList(points(arrays, batch)))
                .singletonOrThrow()
                .stopGradient();
        final NDArray noise = arrays.randomUniform(0, (float) GanTask.LABEL_NOISE, new Shape(2 * batch, 1));
        final NDArray labels = arrays.ones(new Shape(batch, 1))
                .concat(arrays.zeros(new Shape(batch, 1)))
                .add(noise);
        final double loss;
        try (GradientCollector collector = gan.discriminator().newGradientCollector()) {
            final NDArray value = loss(gan, generated.concat(real), labels);
            collector.backward(value);
            loss = value.getFloat();
        }
        gan.discriminator().step();
        try (GradientCollector collector = gan.generator().newGradientCollector()) {
            final NDArray images =
                    gan.generator().forward(new NDList(points(arrays, batch))).singletonOrThrow();
            final NDArray value = loss(gan, images, arrays.zeros(new Shape(batch, 1)));
            collector.backward(value);
            value.getFloat();
        }
        gan.generator().step();
        return loss;
    }

    private static NDArray loss(final UsualDjlGan gan, final NDArray images, final NDArray labels) {
        return LOSS.evaluate(new NDList(labels), gan.discriminator().forward(new NDList(images)));
    }

    private static NDArray points(final NDManager arrays, final long batch) {
        return arrays.randomNormal(new Shape(batch, GanTask.LATENT_DIMENSION));
    }

    private ArrayDataset dataset(final Dataset source) {
        final int numbers = source.sampleShape().size();
        final float[] pixels = new float[source.samples() * numbers];
        final ByteBuffer bytes = ByteBuffer.allocate(numbers);
        for (int sample = 0; sample < source.samples(); sample++) {
            source.copyFeatures(sample, bytes.clear());
            for (int i = 0; i < numbers; i++) {
                pixels[sample * numbers + i] = (bytes.get(i) & 0xff) / LARGEST_BYTE;
            }
        }
        return new ArrayDataset.Builder()
                .setData(manager.create(pixels, new Shape(source.samples(), 1, 28, 28)))
                .setSampling(GanTask.BATCH_SIZE, false)
                .build();
    }

    @Override
    public void close() {
        manager.close();
    }
}
