package org.gradienttape.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LivenessTest {
    private static final int LENGTH = 30_000;

    /** All lie in one memory: if each looked at all before it, 450 million looks would take minutes. */
    @Test
    @Timeout(60)
    void resultsInAVeryLongRowKnowTheirMemoryAtOnce() {
        final String program = program(LENGTH);

        assertThat(program.lines().filter(line -> line.contains("torch.sin_("))).hasSize(LENGTH - 1);
        assertThat(program.lines().filter(line -> line.contains("torch.add_("))).hasSize(LENGTH);
    }

    private static String program(final int length) {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        Tensor end = trace.full(1, 10);
        for (int i = 0; i < length; i++) {
            end = end.sin().add(2);
        }
        trace.output(end.sum());
        return TorchWriter.write(
                        Graph.of(trace),
                        new TorchWriter.Sizes(0, 0, 0),
                        TorchWriter.Target.plain(TorchExpression.SINGLE),
                        trace.variables())
                .method();
    }
}
