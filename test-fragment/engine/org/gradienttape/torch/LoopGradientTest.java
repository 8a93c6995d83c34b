package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Weights;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;

/** What the way back through a loop computes for each step; OperationGradientTest looks at the numbers. */
class LoopGradientTest {
    /** The whole step is repeated as often as the call says, and a recurrence lies in that. */
    private static final String IN_A_LOOP = " ".repeat(6);

    /** The bias of GRU's state is added in each step; what it learns is one sum of all steps behind the loop. */
    @Test
    void noStepSumsWhatABiasLearns() {
        final List<String> steps = program(new RecurrentLayer.GRU(
                        3,
                        Activation.TANH,
                        Activation.SIGMOID,
                        true,
                        0,
                        0,
                        false,
                        false,
                        Initializer.ORTHOGONAL,
                        WeightSettings.DEFAULT))
                .lines()
                .filter(line -> line.startsWith(IN_A_LOOP))
                .toList();

        assertThat(steps).noneMatch(line -> line.contains("torch.sum("));
        // two gates, and what each of them gives back: for four steps, noted once
        assertThat(steps).filteredOn(line -> line.contains("torch.sigmoid(")).hasSize(2);
        assertThat(steps)
                .filteredOn(line -> line.contains("torch.sigmoid_backward("))
                .hasSize(2);
    }

    /** Of a step: forward, loss, gradients. */
    private static String program(final RecurrentLayer layer) {
        final Network network = Network.of(Shape.of(4, 2), List.of(layer));
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final List<Variable> made = new ArrayList<>();
        final CallableNetwork callable = Callable.of(
                network,
                Weights.initial(network, 1),
                (name, values, shape) -> {
                    made.add(new Variable(trace, name, made.size(), shape));
                    return made.get(made.size() - 1);
                },
                () -> trace,
                new SplittableRandom(2));
        try (GradientTape tape = new GradientTape()) {
            final Tensor loss = callable.call(trace.full(1, 5, 4, 2), Mode.TRAINING)
                    .square()
                    .sum();
            trace.output(loss);
            tape.gradient(loss, callable.trainableWeights()).forEach(trace::output);
        }
        return TorchWriter.write(
                        Graph.of(trace, new boolean[trace.numbers().length]),
                        new TorchWriter.Sizes(0, 0, 0, TorchExpression.DOUBLE),
                        trace.variables())
                .method();
    }
}
