package org.gradienttape.host.api.execution;

import java.util.Objects;
import org.knime.core.node.NodeLogger;

/** The one sink of this process. Until another is set, warnings and errors go to the JDK's logger, the rest nowhere. */
public final class Log {
    private static volatile LogSink sink = Log::toJdk;

    private Log() {}

    public static void setSink(final LogSink newSink) {
        sink = Objects.requireNonNull(newSink);
    }

    public static void write(
            final NodeLogger.LEVEL level, final String logger, final String message, final Throwable problem) {
        sink.log(level, logger, message, problem);
    }

    private static void toJdk(
            final NodeLogger.LEVEL level, final String logger, final String message, final Throwable problem) {
        if (level.compareTo(NodeLogger.LEVEL.WARN) >= 0) {
            final System.Logger.Level jdkLevel =
                    level == NodeLogger.LEVEL.WARN ? System.Logger.Level.WARNING : System.Logger.Level.ERROR;
            System.getLogger(logger).log(jdkLevel, message, problem);
        }
    }
}
