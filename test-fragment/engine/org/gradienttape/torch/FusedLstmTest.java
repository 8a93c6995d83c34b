package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.LstmCell;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An LSTM in one call of oneDNN, and its gradients in another one, do what the operations of its loop do; whatever needs more of
 * the loop than its outputs keeps the loop.
 */
class FusedLstmTest {
    private static final String FORWARD = "torch.mkldnn_rnn_layer(";
    private static final String BACKWARD = "torch.mkldnn_rnn_layer_backward(";
    private static final int STEPS = 14;
    private static final int BATCH = 5;
    private static final int FEATURES = 6;
    private static final int UNITS = 7;
    private static final int ROUNDS = 3;
    private static final Shape SEQUENCE = Shape.of(STEPS, FEATURES);

    /** A step, which is given what an LSTM has; it shows some numbers. */
    @FunctionalInterface
    private interface Step {
        List<Tensor> run(Machine machine, Variable x, Variable kernel, Variable recurrent, Variable bias);
    }

    /**
     * What was computed.
     *
     * @param numbers what the steps showed, and the variables at the end
     * @param code of the program
     */
    private record Result(List<float[]> numbers, String code) {
        long calls(final String text) {
            return Pattern.compile(Pattern.quote(text)).matcher(code).results().count();
        }
    }

    private static Result result(
            final Computation c, final List<Fetched> seen, final Iterable<? extends Variable> variables) {
        c.finish();
        final List<float[]> numbers = new ArrayList<>();
        seen.forEach(fetched -> numbers.add(fetched.numbers()));
        variables.forEach(variable -> numbers.add(c.read(variable)));
        return new Result(numbers, c.code().orElse(""));
    }

    private static Result run(final Execution execution, final Step step) {
        return Computed.with(execution, c -> {
            final Variable x = variable(c, "x", STEPS * BATCH, FEATURES);
            final Variable kernel = variable(c, "kernel", FEATURES, 4 * UNITS);
            final Variable recurrent = variable(c, "recurrent", UNITS, 4 * UNITS);
            final Variable bias = variable(c, "bias", 4 * UNITS);
            final List<Fetched> seen = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                c.step(() ->
                        step.run(c.machine(), x, kernel, recurrent, bias).forEach(tensor -> seen.add(c.fetch(tensor))));
            }
            return result(c, seen, List.of(x, kernel, recurrent, bias));
        });
    }

    private static Variable variable(final Computation c, final String name, final long... shape) {
        return c.variable(name, numbers(name.length(), shape), shape);
    }

    private static float[] numbers(final long seed, final long... shape) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] numbers = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return numbers;
    }

    private static Machine.Run scan(
            final Machine machine,
            final boolean isBackwards,
            final Tensor inputs,
            final Tensor recurrent,
            final LstmCell cell) {
        final Tensor start = machine.full(0, BATCH, UNITS);
        return cell.scan(isBackwards, inputs.reshape(STEPS, BATCH, 4 * UNITS), recurrent, List.of(start, start));
    }

    /** Runs a step in both executions. */
    private static void assertAlike(final int forward, final int backward, final Step step) {
        assertAlike(forward, backward, run(Execution.EAGER, step), run(Execution.COMPILED, step));
    }

    private static void assertAlike(final int forward, final int backward, final Result eager, final Result compiled) {
        assertCalls(forward, backward, compiled);
        assertThat(compiled.numbers()).hasSameSizeAs(eager.numbers());
        for (int i = 0; i < eager.numbers().size(); i++) {
            final float[] expected = eager.numbers().get(i);
            assertThat(compiled.numbers().get(i))
                    .as("numbers %d", i)
                    .usingComparatorWithPrecision(2e-6f * Math.max(1, largest(expected)))
                    .containsExactly(expected);
        }
    }

    private static void assertCalls(final int forward, final int backward, final Result compiled) {
        final boolean hasCall =
                TorchEngine.target(TestDevice.arrays()).hasFusedLstm().getAsBoolean();
        assertThat(compiled.calls(FORWARD)).isEqualTo(hasCall ? forward : 0);
        assertThat(compiled.calls(BACKWARD)).isEqualTo(hasCall ? backward : 0);
    }

    private static float largest(final float[] numbers) {
        float largest = 0;
        for (final float number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    /** All learn; the step shows its loss and gradients. */
    private static List<Tensor> learn(final Tensor loss, final List<Variable> variables) {
        try (GradientTape tape = new GradientTape()) {
            final List<Tensor> shown = new ArrayList<>(List.of(loss));
            final List<Tensor> gradients = tape.gradient(loss, variables);
            for (int i = 0; i < gradients.size(); i++) {
                shown.add(gradients.get(i));
                variables.get(i).assign(variables.get(i).sub(gradients.get(i).mul(0.05)));
            }
            return shown;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lastOutput(final boolean isBackwards) {
        assertAlike(
                1,
                1,
                (machine, x, kernel, recurrent, bias) -> learn(
                        scan(machine, isBackwards, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD)
                                .last(0)
                                .square()
                                .sum(),
                        List.of(x, kernel, recurrent, bias)));
    }

    /** The first step of the loop is the last one in time. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allOutputsWithoutBias(final boolean isBackwards) {
        assertAlike(
                1,
                1,
                (machine, x, kernel, recurrent, bias) -> learn(
                        scan(machine, isBackwards, x.matmul(kernel), recurrent, LstmCell.STANDARD)
                                .all(0)
                                .exp()
                                .slice(0, 2, STEPS)
                                .sum(),
                        List.of(x, kernel, recurrent)));
    }

    /** What is computed of the outputs could be written over them, which the gradients still read. */
    @Test
    void lastAndAllOutputs() {
        assertAlike(1, 1, (machine, x, kernel, recurrent, bias) -> {
            final Machine.Run run = scan(machine, false, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD);
            final Tensor last = run.last(0).mul(3).tanh();
            final Tensor all = run.all(0).mul(2).sigmoid();
            final List<Tensor> shown =
                    new ArrayList<>(learn(last.sum().add(all.square().sum()), List.of(x, kernel, recurrent, bias)));
            shown.addAll(List.of(last, all, run.last(0), run.all(0)));
            return shown;
        });
    }

    @Test
    void fewerGradients() {
        assertAlike(
                1,
                1,
                (machine, x, kernel, recurrent, bias) -> learn(
                        scan(machine, false, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD)
                                .last(0)
                                .sum(),
                        List.of(kernel, recurrent)));
    }

    @Test
    void outputsAlone() {
        assertAlike(1, 0, (machine, x, kernel, recurrent, bias) -> {
            final Machine.Run run = scan(machine, false, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD);
            return List.of(run.last(0).mul(2), run.all(0));
        });
    }

    /** The sum for the inputs, and the turned kernel, are there for others, too. */
    @Test
    void whatIsComputedBeforeTheLoopMayBeNeededTwice() {
        assertAlike(1, 1, (machine, x, kernel, recurrent, bias) -> {
            final Tensor inputs = x.matmul(kernel).add(bias);
            final List<Tensor> shown = new ArrayList<>(learn(
                    scan(machine, false, inputs, recurrent, LstmCell.STANDARD)
                            .last(0)
                            .sum(),
                    List.of(kernel, recurrent, bias, x)));
            shown.addAll(List.of(inputs, recurrent.transpose().mul(2)));
            return shown;
        });
    }

    /** The weights change before their gradients are taken. */
    @Test
    void weightsMayChangeInBetween() {
        assertAlike(1, 1, (machine, x, kernel, recurrent, bias) -> {
            final Tensor last = scan(machine, false, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD)
                    .last(0);
            try (GradientTape tape = new GradientTape()) {
                final List<Tensor> gradients = tape.gradient(last.square().sum(), List.of(x, kernel, recurrent, bias));
                recurrent.assign(recurrent.mul(0.5));
                kernel.assign(kernel.mul(0.5));
                x.assign(x.add(0.1));
                return gradients;
            }
        });
    }

    /** oneDNN would read them as if they lay one behind the other. */
    @Test
    void whatIsReadMayLieAcrossMemoryOrInPieces() {
        assertAlike(1, 1, (machine, x, kernel, recurrent, bias) -> {
            final Tensor columns = machine.tensor(numbers(3, STEPS * BATCH, FEATURES + 3), STEPS * BATCH, FEATURES + 3)
                    .slice(1, 2, FEATURES + 2L);
            final Tensor row = machine.tensor(numbers(4, 4 * UNITS, 2), 4 * UNITS, 2)
                    .slice(1, 1, 2)
                    .squeeze(1);
            final Tensor start =
                    machine.tensor(numbers(5, UNITS, BATCH), UNITS, BATCH).transpose();
            final Tensor cell = machine.tensor(numbers(6, 1, UNITS), 1, UNITS).expand(BATCH, UNITS);
            final Machine.Run run = LstmCell.STANDARD.scan(
                    false,
                    columns.matmul(kernel).add(row).reshape(STEPS, BATCH, 4 * UNITS),
                    recurrent,
                    List.of(start, cell));
            final Tensor weights =
                    machine.tensor(numbers(7, UNITS, BATCH), UNITS, BATCH).transpose();
            final Tensor all = run.all(0).permute(1, 2, 0);
            return learn(
                    run.last(0)
                            .mul(weights)
                            .sum()
                            .add(all.mul(machine.tensor(numbers(8, BATCH, UNITS, STEPS), BATCH, UNITS, STEPS))
                                    .sum()),
                    List.of(kernel, recurrent));
        });
    }

    /** A program for the number, and another one for the rest. */
    @Test
    void aNumberMayBeReadInBetween() {
        final Step step = (machine, x, kernel, recurrent, bias) -> {
            final Tensor loss = scan(machine, false, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD)
                    .last(0)
                    .square()
                    .sum();
            return loss.item() > 0 ? learn(loss, List.of(x, kernel, recurrent, bias)) : List.of();
        };
        final List<float[]> eager = run(Execution.EAGER, step).numbers();
        final List<float[]> compiled = run(Execution.COMPILED, step).numbers();

        for (int i = 0; i < eager.size(); i++) {
            assertThat(compiled.get(i)).usingComparatorWithPrecision(1e-5f).containsExactly(eager.get(i));
        }
    }

    @Test
    void startsThatLearnKeepTheLoop() {
        assertAlike(0, 0, (machine, x, kernel, recurrent, bias) -> {
            final Tensor start = bias.slice(0, 0, UNITS).reshape(1, UNITS).expand(BATCH, UNITS);
            return learn(
                    LstmCell.STANDARD
                            .scan(
                                    false,
                                    x.matmul(kernel).reshape(STEPS, BATCH, 4 * UNITS),
                                    recurrent,
                                    List.of(start, start))
                            .last(0)
                            .sum(),
                    List.of(bias, recurrent));
        });
    }

    /** Two losses of one pass, each with gradients of its own, need what the loop keeps twice. */
    @Test
    void gradientsOfTwoLossesKeepTheLoop() {
        assertAlike(0, 0, (machine, x, kernel, recurrent, bias) -> {
            final Machine.Run run = scan(machine, false, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD);
            try (GradientTape tape = new GradientTape()) {
                return List.of(
                        tape.gradient(run.last(0).sum(), recurrent),
                        tape.gradient(run.last(0).square().sum(), recurrent));
            }
        });
    }

    @Test
    void gradientsOfGradientsKeepTheLoop() {
        assertAlike(0, 0, (machine, x, kernel, recurrent, bias) -> {
            final Machine.Run run = scan(machine, false, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD);
            try (GradientTape tape = new GradientTape()) {
                final Tensor gradient = tape.gradient(run.last(0).square().sum(), x);
                return learn(gradient.square().sum(), List.of(kernel, recurrent));
            }
        });
    }

    @Test
    void theLastCellKeepsTheLoop() {
        assertAlike(0, 0, (machine, x, kernel, recurrent, bias) -> {
            final Machine.Run run = scan(machine, false, x.matmul(kernel).add(bias), recurrent, LstmCell.STANDARD);
            return learn(run.last(0).add(run.last(1)).sum(), List.of(kernel, recurrent));
        });
    }

    @Test
    void otherActivationsKeepTheLoop() {
        assertAlike(
                0,
                0,
                (machine, x, kernel, recurrent, bias) -> learn(
                        scan(
                                        machine,
                                        false,
                                        x.matmul(kernel).add(bias),
                                        recurrent,
                                        new LstmCell(Tensor::tanh, Tensor::tanh))
                                .last(0)
                                .sum(),
                        List.of(kernel, recurrent)));
    }

    private static RecurrentLayer lstm(final double recurrentDropout, final boolean returnSequences) {
        return lstm(UNITS, recurrentDropout, returnSequences);
    }

    private static RecurrentLayer lstm(final int units, final double recurrentDropout, final boolean returnSequences) {
        return new RecurrentLayer.LSTM(
                units,
                Activation.TANH,
                Activation.SIGMOID,
                true,
                true,
                0,
                recurrentDropout,
                returnSequences,
                false,
                Initializer.ORTHOGONAL,
                WeightSettings.DEFAULT);
    }

    private static Result train(final Execution execution, final int batch, final Mode mode, final Layer... layers) {
        final Network network = Network.of(SEQUENCE, List.of(layers));
        return Computed.with(execution, c -> {
            final CallableNetwork callable =
                    Callable.of(network, Weights.initial(network, 1), c, c::machine, new SplittableRandom(2));
            final Tensor[] samples = new Tensor[1];
            final List<Fetched> seen = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                c.step(() -> {
                    samples[0] = c.machine().tensor(numbers(5, batch, STEPS, FEATURES), batch, STEPS, FEATURES);
                    final Tensor output = callable.call(samples[0], mode);
                    learn(output.square().sum(), callable.trainableWeights())
                            .forEach(shown -> seen.add(c.fetch(shown)));
                });
            }
            return result(c, seen, callable.trainableWeights());
        });
    }

    private static void assertAlike(final int calls, final Mode mode, final Layer... layers) {
        assertAlike(
                calls,
                calls,
                train(Execution.EAGER, BATCH, mode, layers),
                train(Execution.COMPILED, BATCH, mode, layers));
    }

    @Test
    void layersOneBehindTheOther() {
        assertAlike(2, Mode.TRAINING, lstm(0, true), lstm(0, false), new Layer.Dense(2, Activation.NONE));
    }

    /** Its products are so narrow that they would be turned alone. */
    @Test
    void fewUnitsAndManySamples() {
        final Layer[] layers = {lstm(3, 0, true), lstm(2, 0, false)};

        final Result compiled = train(Execution.COMPILED, 100, Mode.TRAINING, layers);

        assertCalls(2, 2, compiled);
    }

    @Test
    void bothDirections() {
        assertAlike(
                2,
                Mode.TRAINING,
                new WrapperLayer.Bidirectional(lstm(0, true), WrapperLayer.MergeMode.CONCAT),
                new Layer.Dense(2, Activation.TANH));
    }

    /** Dropped states are those of training alone. */
    @Test
    void droppedStatesKeepTheLoop() {
        assertAlike(0, Mode.TRAINING, lstm(0.3, false));
        assertAlike(1, Mode.INFERENCE, lstm(0.3, false));
    }

    @Test
    void maskedStepsKeepTheLoop() {
        assertAlike(0, Mode.TRAINING, new MaskingLayer.Masking(0.5), lstm(0, false));
    }
}
