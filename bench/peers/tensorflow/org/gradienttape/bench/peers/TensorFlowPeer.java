package org.gradienttape.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A classifier by TensorFlow-Java in graph mode: one call of the session per step; the digits stay in the graph
 * as float32, each step takes its slice of them. Arguments: mlp, mlp-wide or lstm, threads, folder of the MNIST files and,
 * for lstm, the file of the weights to start from.
 */
public final class TensorFlowPeer {
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Random random = new Random(0);
    private final List<Variable<TFloat32>> weights = new ArrayList<>();
    private final Placeholder<TInt32> start = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    private final Placeholder<TInt32> count = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    private final Operand<TFloat32> loss;
    private final Op update;
    private final Op countRight;
    private final Variable<TInt32> right;
    private final Op resetRight;
    private final Op fresh;
    private final int samples;
    private final int batch;
    private final Session session;

    private TensorFlowPeer(final Classifier classifier, final Digits digits, final int threads) {
        samples = digits.samples();
        batch = classifier.batch();
        final int[] units = {Digits.PIXELS, classifier.units(), classifier.units(), Digits.CLASSES};
        final Variable<TFloat32> pixels = tf.variable(Shape.of(samples, Digits.PIXELS), TFloat32.class);
        final Variable<TInt64> labels = tf.variable(Shape.of(samples), TInt64.class);
        final Operand<TInt64> y = tf.slice(labels, tf.stack(List.of(start)), tf.stack(List.of(count)));
        Operand<TFloat32> x = tf.slice(
                pixels, tf.stack(List.of(start, tf.constant(0))), tf.stack(List.of(count, tf.constant(Digits.PIXELS))));
        final List<Op> initial = new ArrayList<>();
        for (int layer = 0; layer + 1 < units.length; layer++) {
            x = layer == 0 ? x : tf.nn.relu(x);
            x = dense(x, units[layer], units[layer + 1], initial);
        }
        // The sparse form has no gradient in TensorFlow's C++ interface, which is the one of Java.
        final Operand<TFloat32> oneHot = tf.oneHot(y, tf.constant(Digits.CLASSES), tf.constant(1f), tf.constant(0f));
        loss = tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(x, oneHot).loss(), tf.constant(0));
        final Operand<TInt32> rightInBatch = tf.sum(
                tf.dtypes.cast(tf.math.equal(tf.math.argMax(x, tf.constant(1)), y), TInt32.class), tf.constant(0));
        right = tf.variable(Shape.scalar(), TInt32.class);
        countRight = tf.assignAdd(right, rightInBatch);
        resetRight = tf.assign(right, tf.constant(0));
        update = update();
        fresh = tf.withControlDependencies(initial).noOp();
        session = session(graph, threads);
        fill(digits, pixels, labels);
    }

    /** A session that divides an operation among so many threads, and computes one operation at a time. */
    static Session session(final Graph graph, final int threads) {
        return new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(threads)
                        .setInterOpParallelismThreads(1)
                        .build());
    }

    public static void main(final String[] arguments) throws IOException {
        final int threads = Integer.parseInt(arguments[1]);
        final Digits digits = Digits.read(Path.of(arguments[2]));
        final PeerLoop.Training training = arguments[0].equals("lstm")
                ? new TensorFlowLstm(digits, StartWeights.read(Path.of(arguments[3])), threads)::train
                : new TensorFlowPeer(Classifier.of(arguments[0]), digits, threads)::train;
        PeerLoop.run("TensorFlow " + TensorFlow.version() + " in Java, graph", training);
    }

    /** Keras' initialisation, drawn anew each time. */
    private Operand<TFloat32> dense(final Operand<TFloat32> x, final int in, final int out, final List<Op> initial) {
        final Variable<TFloat32> kernel = tf.variable(Shape.of(in, out), TFloat32.class);
        final Variable<TFloat32> bias = tf.variable(Shape.of(out), TFloat32.class);
        final float limit = (float) Math.sqrt(6.0 / (in + out));
        final Operand<TFloat32> uniform = tf.random.randomUniform(tf.constant(new int[] {in, out}), TFloat32.class);
        initial.add(tf.assign(kernel, tf.math.sub(tf.math.mul(uniform, tf.constant(2 * limit)), tf.constant(limit))));
        initial.add(tf.assign(bias, tf.constant(new float[out])));
        weights.add(kernel);
        weights.add(bias);
        return tf.math.add(tf.linalg.matMul(x, kernel), bias);
    }

    /** No weight changes before every gradient is there. */
    private Op update() {
        final Gradients gradients = tf.gradients(loss, weights);
        final List<Op> all = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            all.add(gradients.dy(i));
        }
        final Ops after = tf.withControlDependencies(all);
        final List<Op> updates = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            updates.add(after.train.applyGradientDescent(weights.get(i), tf.constant(1e-3f), gradients.dy(i)));
        }
        return tf.withControlDependencies(updates).noOp();
    }

    private void fill(final Digits digits, final Variable<TFloat32> pixels, final Variable<TInt64> labels) {
        final Placeholder<TFloat32> givenPixels = tf.placeholder(TFloat32.class);
        final Placeholder<TInt64> givenLabels = tf.placeholder(TInt64.class);
        final Assign<TFloat32> fillPixels = tf.assign(pixels, givenPixels);
        final Assign<TInt64> fillLabels = tf.assign(labels, givenLabels);
        final long[] classes = new long[samples];
        for (int i = 0; i < samples; i++) {
            classes[i] = digits.labels()[i];
        }
        try (TFloat32 x = TFloat32.tensorOf(
                        Shape.of(samples, Digits.PIXELS), DataBuffers.of(digits.features(0, samples)));
                TInt64 y = TInt64.tensorOf(StdArrays.ndCopyOf(classes))) {
            session.runner()
                    .feed(givenPixels, x)
                    .feed(givenLabels, y)
                    .addTarget(fillPixels)
                    .addTarget(fillLabels)
                    .run()
                    .close();
        }
    }

    private PeerLoop.Result train(final int epochs) {
        session.runner().addTarget(fresh).run().close();
        final List<Double> seconds = new ArrayList<>();
        double accuracy = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            final long began = System.nanoTime();
            pass(0, Digits.TRAINING, true);
            accuracy = pass(Digits.TRAINING, samples, false);
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        return new PeerLoop.Result(accuracy, seconds);
    }

    /** The accuracy over these samples; while it learns, each is counted before its update. */
    private double pass(final int from, final int to, final boolean learn) {
        session.run(resetRight);
        for (int first = from; first < to; first += batch) {
            try (TInt32 begin = TInt32.scalarOf(first);
                    TInt32 number = TInt32.scalarOf(Math.min(batch, to - first))) {
                final Session.Runner step =
                        session.runner().feed(start, begin).feed(count, number).addTarget(countRight);
                (learn ? step.addTarget(update).fetch(loss) : step).run().close();
            }
        }
        try (TInt32 total = (TInt32) session.runner().fetch(right).run().get(0)) {
            return (double) total.getInt() / (to - from);
        }
    }
}
