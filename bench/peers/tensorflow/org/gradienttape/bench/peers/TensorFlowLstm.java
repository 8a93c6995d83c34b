package org.gradienttape.bench.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * LSTM classifier by TensorFlow-Java in graph mode, which has no LSTM layer with a gradient: the 28 steps over the rows of a
 * digit stand in the graph one after the other. The rows of all steps are multiplied with the kernel at once. Adam in file
 * order; an epoch is 6,400 digits, in seconds of the processor, those of Java's own threads included.
 */
final class TensorFlowLstm {
    private static final int DIGITS = 6_400;
    private static final int BATCH = 64;
    private static final int STEPS = 28;
    private static final int FEATURES = 28;
    private static final int UNITS = 128;
    private static final int GATES = 4;

    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Placeholder<TInt32> start = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    private final List<Variable<TFloat32>> weights = new ArrayList<>();
    private final List<Op> initial = new ArrayList<>();
    private final Operand<TFloat32> loss;
    private final Op update;
    private final Op fresh;
    private final Session session;

    TensorFlowLstm(final Digits digits, final StartWeights given, final int threads) {
        final Variable<TFloat32> kernel = weight(given, FEATURES, GATES * UNITS);
        final Variable<TFloat32> recurrentKernel = weight(given, UNITS, GATES * UNITS);
        final Variable<TFloat32> bias = weight(given, GATES * UNITS);
        final Variable<TFloat32> headKernel = weight(given, UNITS, Digits.CLASSES);
        final Variable<TFloat32> headBias = weight(given, Digits.CLASSES);
        final Operand<TFloat32> last = lstm(rows(digits), kernel, recurrentKernel, bias);
        final Operand<TFloat32> logits = tf.math.add(tf.linalg.matMul(last, headKernel), headBias);
        loss = tf.math.mean(
                tf.nn.softmaxCrossEntropyWithLogits(logits, targets(digits)).loss(), tf.constant(0));
        update = adam();
        fresh = tf.withControlDependencies(initial).noOp();
        session = TensorFlowPeer.session(graph, threads);
    }

    private Variable<TFloat32> weight(final StartWeights given, final int... sizes) {
        final Shape shape = Shape.of(Arrays.stream(sizes).asLongStream().toArray());
        final Variable<TFloat32> weight =
                variable(tf.reshape(tf.constant(given.next((int) shape.size())), tf.constant(sizes)), shape);
        weights.add(weight);
        return weight;
    }

    private Variable<TFloat32> variable(final Operand<TFloat32> value, final Shape shape) {
        final Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        initial.add(tf.assign(variable, value));
        return variable;
    }

    /** Of the digits of a batch, from 0 to 1: [batch * steps, features]. */
    private Operand<TFloat32> rows(final Digits digits) {
        final float[] pixels = digits.features(0, DIGITS);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] /= 255;
        }
        final Operand<TFloat32> all = tf.reshape(tf.constant(pixels), tf.constant(new int[] {DIGITS, Digits.PIXELS}));
        return tf.reshape(slice(all, Digits.PIXELS), tf.constant(new int[] {BATCH * STEPS, FEATURES}));
    }

    /** The lines of the batch. */
    private Operand<TFloat32> slice(final Operand<TFloat32> all, final int width) {
        return tf.slice(all, tf.stack(List.of(start, tf.constant(0))), tf.constant(new int[] {BATCH, width}));
    }

    /** One-hot: the sparse form of the loss has no gradient in TensorFlow's C++ interface, which is the one of Java. */
    private Operand<TFloat32> targets(final Digits digits) {
        final float[] all = new float[DIGITS * Digits.CLASSES];
        for (int i = 0; i < DIGITS; i++) {
            all[i * Digits.CLASSES + digits.labels()[i]] = 1;
        }
        return slice(tf.reshape(tf.constant(all), tf.constant(new int[] {DIGITS, Digits.CLASSES})), Digits.CLASSES);
    }

    /** The last output: [batch, units]. */
    private Operand<TFloat32> lstm(
            final Operand<TFloat32> rows,
            final Operand<TFloat32> kernel,
            final Operand<TFloat32> recurrentKernel,
            final Operand<TFloat32> bias) {
        final Operand<TFloat32> inputs = tf.reshape(
                tf.math.add(tf.linalg.matMul(rows, kernel), bias),
                tf.constant(new int[] {BATCH, STEPS, GATES * UNITS}));
        Operand<TFloat32> state = tf.zeros(tf.constant(new int[] {BATCH, UNITS}), TFloat32.class);
        Operand<TFloat32> output = state;
        for (final Operand<TFloat32> input : tf.unstack(inputs, (long) STEPS, Unstack.axis(1L))) {
            final List<Output<TFloat32>> gates = tf.split(
                            tf.constant(1), tf.math.add(input, tf.linalg.matMul(output, recurrentKernel)), (long) GATES)
                    .output();
            state = tf.math.add(
                    tf.math.mul(tf.math.sigmoid(gates.get(1)), state),
                    tf.math.mul(tf.math.sigmoid(gates.get(0)), tf.math.tanh(gates.get(2))));
            output = tf.math.mul(tf.math.sigmoid(gates.get(3)), tf.math.tanh(state));
        }
        return output;
    }

    /** No weight changes before every gradient is there. */
    private Op adam() {
        final Gradients gradients = tf.gradients(loss, weights);
        final List<Op> all = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            all.add(gradients.dy(i));
        }
        final Operand<TFloat32> beta1 = tf.constant(.9f);
        final Operand<TFloat32> beta2 = tf.constant(.999f);
        final Variable<TFloat32> power1 = variable(beta1, Shape.scalar());
        final Variable<TFloat32> power2 = variable(beta2, Shape.scalar());
        final Ops after = tf.withControlDependencies(all);
        final List<Op> updates = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            final Variable<TFloat32> weight = weights.get(i);
            updates.add(after.train.applyAdam(
                    weight,
                    zeros(weight.shape()),
                    zeros(weight.shape()),
                    power1,
                    power2,
                    tf.constant(1e-3f),
                    beta1,
                    beta2,
                    tf.constant(1e-7f),
                    gradients.dy(i)));
        }
        final Ops last = tf.withControlDependencies(updates);
        return tf.withControlDependencies(List.of(
                        last.assign(power1, last.math.mul(power1, beta1)),
                        last.assign(power2, last.math.mul(power2, beta2))))
                .noOp();
    }

    private Variable<TFloat32> zeros(final Shape shape) {
        return variable(tf.zeros(tf.constant(shape.asArray()), TFloat32.class), shape);
    }

    /** One epoch more, which does not count; in place of the accuracy stands the mean loss of the last epoch. */
    PeerLoop.Result train(final int epochs) {
        session.runner().addTarget(fresh).run().close();
        final List<Double> seconds = new ArrayList<>();
        double mean = 0;
        for (int epoch = 0; epoch <= epochs; epoch++) {
            final long began = processorTime();
            mean = epoch();
            seconds.add((processorTime() - began) / 1e9);
        }
        return new PeerLoop.Result(mean, seconds.subList(1, seconds.size()));
    }

    private double epoch() {
        double total = 0;
        for (int first = 0; first < DIGITS; first += BATCH) {
            try (TInt32 begin = TInt32.scalarOf(first);
                    Result result = session.runner()
                            .feed(start, begin)
                            .addTarget(update)
                            .fetch(loss)
                            .run()) {
                total += ((TFloat32) result.get(0)).getFloat();
            }
        }
        return total * BATCH / DIGITS;
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
