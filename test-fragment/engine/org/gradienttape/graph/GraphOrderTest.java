package org.gradienttape.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;

/** What is known of the order in which numbers lie depends on how they are computed. */
class GraphOrderTest {
    @Test
    void aTurnedProductLiesColumnByColumn() {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final Tensor narrow = trace.tensor(new float[4096], 64, 64).matmul(trace.tensor(new float[640], 64, 10));
        trace.output(narrow);
        trace.output(narrow.reshape(32, 20));
        trace.output(trace.tensor(new float[4096], 64, 64).matmul(trace.tensor(new float[4096], 64, 64)));

        assertThat(orders(trace, Products.ZEN_4)).containsExactly(false, false, true);
        assertThat(orders(trace, Products.PLAIN)).containsExactly(true, true, true);
    }

    /** Plain products of few columns take more time for what lies column by column; turned ones want it so. */
    @Test
    void aSoftmaxOfFewColumnsLiesAsProductsWantIt() {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final Variable logits = new Variable(trace, "logits", 0, 64, 10);
        trace.output(logits.softmax(1));
        trace.output(logits.logSoftmax(1));
        trace.output(new GradientTape().gradient(logits.softmax(1).mul(logits).sum(), logits));
        trace.output(
                new GradientTape().gradient(logits.logSoftmax(1).mul(logits).sum(), logits));

        assertThat(program(trace, logits, Products.PLAIN))
                .containsSubsequence(
                        "permute = torch.t(logits)\n",
                        "softmax = torch.softmax(permute, 0)\n",
                        "permute_2 = torch.t(softmax)\n",
                        "copy = torch.contiguous(permute_2)\n",
                        "log_softmax = torch.log_softmax(permute, 0)\n")
                .containsPattern("torch._softmax_backward_data\\(\\w+, copy, 1,")
                .containsPattern("torch._log_softmax_backward_data\\(\\w+, \\w+, 1,");
        assertThat(program(trace, logits, Products.ZEN_5))
                .contains("softmax = torch.softmax(permute, 0)\n", "log_softmax = torch.log_softmax(permute, 0)\n")
                .containsPattern("torch._softmax_backward_data\\(\\w+, softmax, 0,")
                .containsPattern("torch._log_softmax_backward_data\\(\\w+, log_softmax, 0,");
    }

    private static String program(final Trace trace, final Variable variable, final Products products) {
        return TorchWriter.writeOnce(
                        Graph.of(trace), new TorchWriter.Sizes(0, 0, 0), target(products), List.of(variable))
                .method();
    }

    private static TorchWriter.Target target(final Products products) {
        return new TorchWriter.Target(TorchExpression.SINGLE, products, Convolutions.PLAIN, false, () -> false, 16);
    }

    /** Whether each output lies in order. */
    private static List<Boolean> orders(final Trace trace, final Products products) {
        final Graph graph = Graph.of(trace).turned(target(products));
        return graph.outputs().stream().map(graph::liesInOrder).toList();
    }
}
