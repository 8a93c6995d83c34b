package org.gradienttape.host.api.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.NodeLogger;

class LogTest {
    private final List<String> lines = new ArrayList<>();

    @AfterEach
    void forgetSink() {
        Log.setSink((level, logger, message, problem) -> {});
    }

    @Test
    void everyLineReachesTheSink() {
        Log.setSink((level, logger, message, problem) ->
                lines.add(level + " " + logger + " " + message + (problem == null ? "" : " " + problem.getMessage())));
        final NodeLogger logger = NodeLogger.getLogger(LogTest.class);

        logger.debug("one");
        logger.info(() -> 2);
        logger.warn("three", new IllegalStateException("why"));
        NodeLogger.getLogger("other").error((Object) null);

        assertThat(lines)
                .containsExactly(
                        "DEBUG org.gradienttape.host.api.execution.LogTest one",
                        "INFO org.gradienttape.host.api.execution.LogTest 2",
                        "WARN org.gradienttape.host.api.execution.LogTest three why",
                        "ERROR other null");
    }
}
