package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.gradienttape.graph.Convolutions;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Products;
import org.gradienttape.graph.Program;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products that are computed in another way are those of libtorch, number by number: all factors are small whole numbers, so
 * that sums are exact.
 */
class ProductsTest {
    private static final Pattern ONEDNN = Pattern.compile("ops\\.mkldnn\\._linear_pointwise\\(");
    /** A product that is another way round than its result. */
    private static final Pattern TURNED = Pattern.compile("(\\w+) = torch\\.mm\\(.*\\n *\\w+ = torch\\.t\\(\\1\\)");

    /**
     * Rows, inner numbers, columns and how many of three products oneDNN computes: one whose result is also added to a matrix,
     * one of a left side that lies across memory, and one of such a right side.
     */
    @ParameterizedTest
    @CsvSource({
        "64, 784, 64, 2",
        "784, 64, 64, 2",
        "784, 64, 128, 3",
        "64, 128, 512, 3",
        "100, 16, 1311, 3",
        "1, 1500, 1400, 3",
        "1400, 1500, 1, 2",
        "333, 127, 129, 3",
        "64, 64, 64, 0",
        "2000, 15, 2000, 0"
    })
    void areExact(final int rows, final int inner, final int columns, final int calls) {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final SplittableRandom random = new SplittableRandom(1);
        final Tensor left = matrix(trace, rows, inner, random);
        final Tensor across = matrix(trace, inner, rows, random).transpose();
        final Tensor right = matrix(trace, inner, columns, random);
        final Tensor turned = matrix(trace, columns, inner, random).transpose();
        List.of(
                        left.matmul(right),
                        across.matmul(right),
                        matrix(trace, rows, columns, random)
                                .add(left.matmul(right).mul(-2)),
                        left.matmul(turned))
                .forEach(trace::output);

        final Program plain = program(trace, Products.PLAIN);
        final Program fast = program(trace, Products.ZEN_5);

        assertThat(calls(ONEDNN, plain)).isZero();
        assertThat(calls(ONEDNN, fast)).isEqualTo(calls);
        assertThat(run(fast, trace)).isDeepEqualTo(run(plain, trace));
    }

    /** On Zen 4, oneDNN gains less, so that it begins with larger ones. */
    @Test
    void theProcessorDecidesWhatIsLarge() {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final SplittableRandom random = new SplittableRandom(1);
        trace.output(matrix(trace, 64, 784, random).matmul(matrix(trace, 784, 64, random)));
        trace.output(matrix(trace, 64, 128, random).matmul(matrix(trace, 128, 512, random)));

        assertThat(calls(ONEDNN, program(trace, Products.ZEN_4))).isEqualTo(1);
        assertThat(calls(ONEDNN, program(trace, Products.ZEN_5))).isEqualTo(2);
    }

    @Test
    void onlyAmdsProcessorsWithLongVectorsHaveOtherProducts() {
        assertThat(Products.of(OptionalInt.empty(), true)).isEqualTo(Products.PLAIN);
        assertThat(Products.of(OptionalInt.of(25), false)).isEqualTo(Products.PLAIN);
        assertThat(Products.of(OptionalInt.of(25), true)).isEqualTo(Products.ZEN_4);
        assertThat(Products.of(OptionalInt.of(26), true)).isEqualTo(Products.ZEN_5);
    }

    /** Rows, inner numbers, columns, and whether three products are turned: of both forms of a left side, and of a turned right one. */
    @ParameterizedTest
    @CsvSource({
        "64, 64, 10, true",
        "64, 512, 2, true",
        "1000, 17, 15, true",
        "16, 512, 3, true",
        "64, 64, 16, false",
        "64, 64, 1, false",
        "15, 512, 10, false",
        "64, 8, 10, false"
    })
    void narrowOnesAreTurned(final int rows, final int inner, final int columns, final boolean areTurned) {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final SplittableRandom random = new SplittableRandom(4);
        final Tensor left = matrix(trace, rows, inner, random);
        final Tensor right = matrix(trace, inner, columns, random);
        List.of(
                        left.matmul(right),
                        matrix(trace, inner, rows, random).transpose().matmul(right),
                        left.matmul(matrix(trace, columns, inner, random).transpose()))
                .forEach(trace::output);

        final Program plain = program(trace, Products.PLAIN);
        final Program turned = program(trace, Products.ZEN_4);

        assertThat(calls(TURNED, plain)).isZero();
        assertThat(calls(TURNED, turned)).isEqualTo(areTurned ? 3 : 0);
        assertThat(run(turned, trace)).isDeepEqualTo(run(plain, trace));
    }

    /** Its numbers lie column by column, which nobody who takes them up may mistake for rows. */
    @Test
    void whatIsMadeOfATurnedProductIsTheSame() {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final SplittableRandom random = new SplittableRandom(5);
        final Tensor narrow = matrix(trace, 64, 64, random).matmul(matrix(trace, 64, 10, random));
        final Tensor row = matrix(trace, 1, 10, random).reshape(10);
        final Tensor places = trace.tensor(new long[] {3, 1, 60}, 3);
        List.of(
                        narrow,
                        narrow.reshape(640),
                        narrow.reshape(10, 64),
                        narrow.reshape(64, 1, 10),
                        narrow.transpose(),
                        narrow.sum(0),
                        narrow.sum(1),
                        narrow.sum(),
                        narrow.slice(1, 3, 7),
                        narrow.take(places, 0),
                        narrow.argmax(1),
                        narrow.add(row).relu(),
                        narrow.mul(2).sub(matrix(trace, 64, 10, random)),
                        trace.concat(1, narrow, narrow),
                        trace.concat(0, narrow.transpose(), matrix(trace, 3, 64, random)),
                        narrow.matmul(matrix(trace, 10, 64, random)),
                        matrix(trace, 32, 64, random).matmul(narrow),
                        matrix(trace, 64, 10, random).add(narrow.mul(-3)))
                .forEach(tensor -> trace.output(tensor.toFloat()));

        final Program turned = program(trace, Products.ZEN_5);

        assertThat(calls(TURNED, turned)).isPositive();
        assertThat(run(turned, trace)).isDeepEqualTo(run(program(trace, Products.PLAIN), trace));
    }

    /** Parts of larger matrices, and one row or column that stands for all. */
    @Test
    void areExactForViews() {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final SplittableRandom random = new SplittableRandom(3);
        final Tensor left = matrix(trace, 130, 260, random).slice(1, 3, 203);
        final Tensor right = matrix(trace, 210, 300, random).slice(0, 5, 205).slice(1, 7, 167);
        final Tensor sameRow = matrix(trace, 1, 160, random).expand(200, 160);
        final Tensor sameColumn = matrix(trace, 130, 1, random).expand(130, 200);
        List.of(left.matmul(right), left.matmul(sameRow), sameColumn.matmul(right))
                .forEach(trace::output);

        final Program fast = program(trace, Products.ZEN_5);

        assertThat(calls(ONEDNN, fast)).isPositive();
        assertThat(run(fast, trace)).isDeepEqualTo(run(program(trace, Products.PLAIN), trace));
    }

    /** Against sums in double precision; with factors of 8 binary digits, as of bfloat16, the error would be a thousand times as large. */
    @Test
    void haveThePrecisionOfFloats() {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final float[] left = fractions(64 * 784, 1);
        final float[] right = fractions(784 * 64, 2);
        trace.output(trace.tensor(left, 64, 784).matmul(trace.tensor(right, 784, 64)));
        final double[] expected = new double[64 * 64];
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < 784; k++) {
                expected[i] += (double) left[i / 64 * 784 + k] * right[k * 64 + i % 64];
            }
        }

        final float[] computed = run(program(trace, Products.ZEN_5), trace)[0];

        for (int i = 0; i < expected.length; i++) {
            assertThat((double) computed[i]).isCloseTo(expected[i], within(1e-4));
        }
    }

    private static int calls(final Pattern call, final Program program) {
        return (int) call.matcher(program.method()).results().count();
    }

    private static float[] fractions(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    private static Tensor matrix(final Trace trace, final int rows, final int columns, final SplittableRandom random) {
        final float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(-3, 4);
        }
        return trace.tensor(numbers, rows, columns);
    }

    private static Program program(final Trace trace, final Products products) {
        return TorchWriter.writeOnce(
                Graph.of(trace),
                new TorchWriter.Sizes(0, trace.ofStep().floats().length, 0),
                new TorchWriter.Target(TorchExpression.SINGLE, products, Convolutions.PLAIN, false, () -> false, 1),
                List.of());
    }

    private static float[][] run(final Program program, final Trace trace) {
        final TorchEngine engine = TorchEngine.start();
        return engine.compute(1, () -> {
            try (NDManager owner = engine.newManager(ai.djl.Device.cpu())) {
                final PtNDManager arrays = (PtNDManager) owner;
                try (ProgramModule module = new ProgramModule(program.method(), arrays);
                        IValue steps = IValue.from(1L);
                        IValue integers = IValue.from((PtNDArray) arrays.create(new long[1]));
                        IValue floats = IValue.from(
                                (PtNDArray) arrays.create(trace.ofStep().floats()));
                        IValue numbers = IValue.listFrom(new double[1])) {
                    final NDList results = module.run(new IValue[] {steps, integers, floats, numbers}, arrays);
                    return results.stream().map(one -> one.toFloatArray()).toArray(float[][]::new);
                }
            }
        });
    }
}
