package org.gradienttape.graph;

import static org.assertj.core.api.Assertions.assertThat;

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
        final Graph graph = Graph.of(trace);

        assertThat(graph.outputs())
                .extracting(output -> graph.liesInOrder(output, Products.ZEN_4))
                .containsExactly(false, false, true);
        assertThat(graph.outputs())
                .extracting(output -> graph.liesInOrder(output, Products.PLAIN))
                .containsExactly(true, true, true);
    }
}
