package org.gradienttape.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;

/** A use of each operation that can be differentiated, with small inputs. */
public enum OperationExample {
    ADD_REPEATED(x -> x.get(0).add(x.get(1)), shape(2, 3), shape(3)),
    SUB_REPEATED(x -> x.get(0).sub(x.get(1)), shape(2, 1), shape(3)),
    MUL_REPEATED(x -> x.get(0).mul(x.get(1)), shape(2, 3), shape(2, 1)),
    DIV(x -> x.get(0).div(x.get(1)), shape(2, 3), shape(3)),
    MAXIMUM(x -> x.get(0).maximum(x.get(1)), shape(2, 3), shape(3)),
    MINIMUM(x -> x.get(0).minimum(x.get(1)), shape(2, 3), shape(3)),
    NUMBERS(x -> x.get(0).add(2).mul(3).sub(1).div(4), shape(4)),
    CONSTANT(shapes(shape(2, 3)), (machine, x) -> machine.constant(new double[] {0.5, 2, -1, 3, 1e-3, 7}, 2, 3)
            .mul(x.get(0))),
    CLIP(x -> x.get(0).clip(0.8, 1.4), shape(9)),
    POW(x -> x.get(0).pow(2.5), shape(4)),
    POW_MINUS(x -> x.get(0).pow(-1), shape(4)),
    NEG_ABS_SIGN(x -> x.get(0).sub(1).neg().abs().add(x.get(0).sub(1).sign()), shape(5)),
    SQRT(x -> x.get(0).sqrt(), shape(4)),
    EXP(x -> x.get(0).exp(), shape(4)),
    LOG(x -> x.get(0).log(), shape(4)),
    SIN(x -> x.get(0).sin(), shape(4)),
    COS(x -> x.get(0).cos(), shape(4)),
    TANH(x -> x.get(0).sub(1).tanh(), shape(4)),
    SIGMOID(x -> x.get(0).sub(1).sigmoid(), shape(4)),
    RELU(x -> x.get(0).sub(1).relu(), shape(6)),
    LEAKY_RELU(x -> x.get(0).sub(1).leakyRelu(0.2), shape(6)),
    SOFTPLUS(x -> x.get(0).sub(1).softplus(), shape(4)),
    SILU(x -> x.get(0).sub(1).silu(), shape(6)),
    ELU(x -> x.get(0).sub(1).elu(1.3), shape(6)),
    GELU(x -> x.get(0).sub(1).gelu(), shape(6)),
    GELU_BY_TANH(x -> x.get(0).sub(1).geluByTanh(), shape(6)),
    COPY(x -> x.get(0).transpose().contiguous().mul(x.get(0).transpose()), shape(2, 3)),
    DETACH(x -> x.get(0).add(x.get(0).detach().mul(0)), shape(3)),
    COMPARISONS(OperationExample::comparisons, shape(6), shape(6)),
    WHERE(x -> x.get(0).where(x.get(0).gt(x.get(1)), x.get(2)), shape(6), shape(6), shape(1)),
    SUM(x -> x.get(0).sum(0, 2).add(x.get(0).sum()), shape(2, 3, 2)),
    MEAN(x -> x.get(0).sub(x.get(0).meanKeeping(1)).square().mean(0), shape(3, 4)),
    MAX(x -> x.get(0).max(1).mul(x.get(0).min(1)).add(x.get(0).max()), shape(3, 4)),
    LOG_SUM_EXP(x -> x.get(0).logsumexp(1), shape(3, 4)),
    ARGMAX_ONE_HOT(x -> x.get(0).argmax(1).oneHot(4).mul(x.get(0)), shape(3, 4)),
    TO_INT64(x -> x.get(0).toInt64().toFloat().mul(x.get(0)), shape(4)),
    SOFTMAX(x -> x.get(0).softmax(1), shape(2, 3)),
    LOG_SOFTMAX(x -> x.get(0).logSoftmax(0), shape(2, 3)),
    NLL(shapes(shape(3, 4)), (machine, x) -> x.get(0).nll(machine.tensor(new long[] {2, 0, 3}, 3))),
    EXPAND(x -> x.get(0).expand(2, 3).mul(x.get(1)), shape(2, 1), shape(2, 3)),
    RESHAPE_PERMUTE(x -> x.get(0).permute(2, 0, 1).reshape(4, 3).mul(x.get(1)), shape(2, 3, 2), shape(4, 3)),
    SLICE(x -> x.get(0).slice(1, 1, 3).mul(x.get(1)), shape(2, 4), shape(2, 2)),
    PAD(x -> x.get(0).pad(0.5, 1, 0, 2, 1).mul(x.get(1)), shape(2, 2), shape(3, 5)),
    CONCAT(shapes(shape(2, 1), shape(2, 2)), (machine, x) -> machine.concat(1, x.get(0), x.get(1), x.get(0))
            .square()),
    FLIP(x -> x.get(0).flip(0, 1).mul(x.get(0)), shape(2, 3)),
    TAKE(shapes(shape(3, 2)), (machine, x) -> x.get(0)
            .take(machine.tensor(new long[] {2, 0, 2}, 3), 0)
            .square()),
    MATMUL(x -> x.get(0).matmul(x.get(1)), shape(2, 3), shape(3, 2)),
    MATMUL_REPEATED(x -> x.get(0).matmul(x.get(1)), shape(2, 3), shape(2, 3, 2)),
    CONVOLVE(
            x -> x.get(0).convolveWithBias(x.get(1), x.get(2), 2, 1, 1, 0),
            shape(2, 2, 4, 3),
            shape(3, 2, 3, 2),
            shape(3)),
    CONVOLVE_IMAGES(
            x -> x.get(0).convolveImagesWithBias(x.get(1), x.get(2), new long[] {2, 1, 1, 0}, 4, 3),
            shape(2, 3, 2, 2),
            shape(3, 2, 3, 2),
            shape(2)),
    WINDOWS(x -> x.get(0).windows(2, 2, 1, 0).square(), shape(1, 2, 3, 3)),
    ADD_WINDOWS(x -> x.get(0).addWindows(2, 2, 0, 0, 3, 3).square(), shape(1, 8, 4)),
    LARGEST(x -> x.get(0).largestOfWindows(2, 2, 1, 2).square(), shape(1, 2, 3, 4)),
    /** Whose own gradient takes numbers at places, so that the next one passes that. */
    GRADIENT_OF_LARGEST(OperationExample::gradientOfLargest, shape(1, 2, 3, 4)),
    MEANS(x -> x.get(0).meansOfWindows(2, 2, 1, 2).square(), shape(1, 2, 3, 4)),
    NORMALIZE(
            x -> x.get(0)
                    .normalizeColumns(
                            x.get(1), x.get(2), x.get(0).columnMeans(), x.get(0).columnScales(0.1)),
            shape(4, 2),
            shape(2),
            shape(2)),
    COLUMNS(x -> x.get(0).columnMeans().mul(x.get(0).columnScales(0.1)), shape(4, 2)),
    SCAN(shapes(shape(3, 2, 2), shape(2, 2), shape(2, 2), shape(2)), (machine, x) -> {
        Machine.Run run = machine.scan(
                false,
                List.of(x.get(0)),
                List.of(x.get(1)),
                (states, elements) -> List.of(states.get(0)
                        .mul(0.3)
                        .matmul(x.get(2))
                        .add(elements.get(0).mul(0.2))
                        .add(x.get(3))
                        .tanh()));
        return run.all(0).sum(0).add(run.last(0).mul(2));
    }),
    SCAN_BACKWARDS(shapes(shape(3, 2, 2), shape(2, 2), shape(2, 2)), (machine, x) -> {
        Machine.Run run =
                machine.scan(true, List.of(x.get(0)), List.of(x.get(1), x.get(1).mul(0.5)), (states, elements) -> {
                    Tensor next = states.get(0).matmul(x.get(2)).mul(0.3).sigmoid();
                    return List.of(
                            next.mul(states.get(1)),
                            elements.get(0).add(next.mul(x.get(1))).mul(0.5));
                });
        return run.all(0).add(run.last(1)).square();
    });

    @FunctionalInterface
    private interface Use {
        public Tensor of(Machine machine, List<Tensor> inputs);
    }

    private final long[][] shapes;
    private final Use use;

    OperationExample(final Function<List<Tensor>, Tensor> use, final long[]... shapes) {
        this(shapes, (machine, inputs) -> use.apply(inputs));
    }

    OperationExample(final long[][] shapes, final Use use) {
        this.shapes = shapes;
        this.use = use;
    }

    public long[][] shapes() {
        return shapes;
    }

    public Tensor of(final Machine machine, final List<Tensor> inputs) {
        return use.of(machine, inputs);
    }

    /** What the engine computes, as float numbers. */
    public float[] computed(final List<float[]> inputs) {
        return Computed.with(Execution.EAGER, c -> {
            List<Fetched> outputs = new ArrayList<>();
            c.step(() -> {
                List<Tensor> tensors = new ArrayList<>();
                for (final float[] input : inputs) {
                    tensors.add(c.machine().tensor(input, shapes[tensors.size()]));
                }
                outputs.add(c.fetch(of(c.machine(), tensors)));
            });
            c.finish();
            return outputs.get(0).numbers();
        });
    }

    /** From 0.5 to 1.9, away from the corners at which a function has no derivative, for logarithms and roots too. */
    public double number(final SplittableRandom random) {
        return 0.5 + 1.4 * random.nextDouble();
    }

    /** Numbers that comparisons leave. */
    private static Tensor comparisons(final List<Tensor> x) {
        Tensor one = x.get(0);
        Tensor other = x.get(1);
        Tensor sum = one.gt(other).toFloat().add(one.lt(other).toFloat().mul(2));
        sum = sum.add(one.eq(other).toFloat())
                .add(one.gt(1).toFloat())
                .add(one.lt(1.5).toFloat());
        sum = sum.add(one.ge(other).toFloat()).add(one.le(other).toFloat().mul(3));
        sum = sum.add(one.ge(1).and(one.le(1.5)).toFloat())
                .add(one.lt(1).or(other.lt(1).not()).toFloat().mul(5));
        return sum.add(one.eq(1).toFloat()).mul(one);
    }

    private static Tensor gradientOfLargest(final List<Tensor> x) {
        try (GradientTape tape = new GradientTape()) {
            return tape.gradient(x.get(0).largestOfWindows(2, 2, 1, 2).pow(3), x.get(0));
        }
    }

    private static long[] shape(final long... sizes) {
        return sizes;
    }

    private static long[][] shapes(final long[]... shapes) {
        return shapes;
    }
}
