package org.knime.core.node;

import java.util.function.Supplier;
import org.gradienttape.host.api.execution.Log;

/** Takes lines for the log of the program. */
public final class NodeLogger {
    /** How much a line matters, from the least to the most. */
    public enum LEVEL {
        ALL,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        FATAL,
        OFF
    }

    private final String name;

    private NodeLogger(final String name) {
        this.name = name;
    }

    public static NodeLogger getLogger(final Class<?> owner) {
        return getLogger(owner.getName());
    }

    public static NodeLogger getLogger(final String name) {
        return new NodeLogger(name);
    }

    public void debug(final Object message) {
        log(LEVEL.DEBUG, message, null);
    }

    public void debug(final Supplier<Object> message) {
        log(LEVEL.DEBUG, message.get(), null);
    }

    public void debug(final Object message, final Throwable problem) {
        log(LEVEL.DEBUG, message, problem);
    }

    public void info(final Object message) {
        log(LEVEL.INFO, message, null);
    }

    public void info(final Supplier<Object> message) {
        log(LEVEL.INFO, message.get(), null);
    }

    public void info(final Object message, final Throwable problem) {
        log(LEVEL.INFO, message, problem);
    }

    public void warn(final Object message) {
        log(LEVEL.WARN, message, null);
    }

    public void warn(final Supplier<Object> message) {
        log(LEVEL.WARN, message.get(), null);
    }

    public void warn(final Object message, final Throwable problem) {
        log(LEVEL.WARN, message, problem);
    }

    public void error(final Object message) {
        log(LEVEL.ERROR, message, null);
    }

    public void error(final Supplier<Object> message) {
        log(LEVEL.ERROR, message.get(), null);
    }

    public void error(final Object message, final Throwable problem) {
        log(LEVEL.ERROR, message, problem);
    }

    private void log(final LEVEL level, final Object message, final Throwable problem) {
        Log.write(level, name, String.valueOf(message), problem);
    }
}
