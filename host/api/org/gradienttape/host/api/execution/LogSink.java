package org.gradienttape.host.api.execution;

import org.knime.core.node.NodeLogger;

/** Where the lines of all {@link NodeLogger}s go; called from any thread. */
@FunctionalInterface
public interface LogSink {
    /**
     * @param logger name of the logger, usually a class
     * @param problem null if the line is about none
     */
    void log(NodeLogger.LEVEL level, String logger, String message, Throwable problem);
}
