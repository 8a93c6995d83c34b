package org.gradienttape.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** The program of a step of a network: forward, loss, gradients. */
final class StepProgram {
    private StepProgram() {}

    /**
     * Its text.
     *
     * @param input the shape of a batch
     */
    static String of(final Network network, final long... input) {
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
            final Tensor loss =
                    callable.call(trace.full(1, input), Mode.TRAINING).square().sum();
            trace.output(loss);
            tape.gradient(loss, callable.trainableWeights()).forEach(trace::output);
        }
        return TorchWriter.write(
                        Graph.of(trace),
                        new TorchWriter.Sizes(0, 0, 0),
                        TorchWriter.Target.plain(TorchExpression.DOUBLE),
                        trace.variables())
                .method();
    }
}
