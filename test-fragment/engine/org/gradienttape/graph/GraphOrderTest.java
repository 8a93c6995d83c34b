package org.gradienttape.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gradienttape.tensor.Tensor;
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

    /** Whether each output lies in order. */
    private static List<Boolean> orders(final Trace trace, final Products products) {
        final Graph graph = Graph.of(trace)
                .turned(new TorchWriter.Target(
                        TorchExpression.SINGLE, products, Convolutions.PLAIN, false, () -> false, 1));
        return graph.outputs().stream().map(graph::liesInOrder).toList();
    }
}
