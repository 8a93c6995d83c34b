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

    private NodeLogger(String name) {
        this.name = name;
    }

    public static NodeLogger getLogger(Class<?> owner) {
        return getLogger(owner.getName());
    }

    public static NodeLogger getLogger(String name) {
        return new NodeLogger(name);
    }

    public void debug(Object message) {
        log(LEVEL.DEBUG, message, null);
    }

    public void debug(Supplier<Object> message) {
        log(LEVEL.DEBUG, message.get(), null);
    }

    public void debug(Object message, Throwable problem) {
        log(LEVEL.DEBUG, message, problem);
    }

    public void info(Object message) {
        log(LEVEL.INFO, message, null);
    }

    public void info(Supplier<Object> message) {
        log(LEVEL.INFO, message.get(), null);
    }

    public void info(Object message, Throwable problem) {
        log(LEVEL.INFO, message, problem);
    }

    public void warn(Object message) {
        log(LEVEL.WARN, message, null);
    }

    public void warn(Supplier<Object> message) {
        log(LEVEL.WARN, message.get(), null);
    }

    public void warn(Object message, Throwable problem) {
        log(LEVEL.WARN, message, problem);
    }

    public void error(Object message) {
        log(LEVEL.ERROR, message, null);
    }

    public void error(Supplier<Object> message) {
        log(LEVEL.ERROR, message.get(), null);
    }

    public void error(Object message, Throwable problem) {
        log(LEVEL.ERROR, message, problem);
    }

    private void log(LEVEL level, Object message, Throwable problem) {
        Log.write(level, name, String.valueOf(message), problem);
    }
}
