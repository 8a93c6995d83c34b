package org.gradienttape.host.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gradienttape.host.workflow.ExecutionListener;
import org.gradienttape.host.workflow.FileTrouble;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeMessage;

/** Shows on the console what the nodes do, and writes the outputs of each as soon as it is executed. */
final class RunListener implements ExecutionListener {

    private final Console console;
    private final Optional<TablesDir> tables;
    private final AtomicBoolean failedToWrite = new AtomicBoolean();

    RunListener(Console console, Optional<TablesDir> tables) {
        this.console = console;
        this.tables = tables;
    }

    @Override
    public void started(NodeInstance node) {
        console.started(node.folder());
    }

    @Override
    public void progressed(NodeInstance node, double fraction, String message) {
        console.progressed(node.folder(), fraction, message);
    }

    @Override
    public void executed(NodeInstance node, Duration duration) {
        writeTables(node);
        console.executed(node.folder(), duration);
    }

    @Override
    public void failed(NodeInstance node, Throwable cause) {
        console.stopped(node.folder());
        console.error(
                node.folder() + ": " + node.message().map(NodeMessage::text).orElse("failed"), cause);
    }

    @Override
    public void cancelled(NodeInstance node) {
        console.stopped(node.folder());
        console.line(node.folder() + ": cancelled");
    }

    @Override
    public void warned(NodeInstance node, String warning) {
        console.warn(node.folder() + ": " + warning);
    }

    /** Writes the outputs of an executed node, if a folder for them is given. */
    void writeTables(NodeInstance node) {
        if (tables.isEmpty()) {
            return;
        }
        try {
            tables.get().write(node);
        } catch (IOException e) {
            failedToWrite.set(true);
            console.error("The outputs of " + node.folder() + " cannot be written: " + FileTrouble.reason(e) + ".", e);
        }
    }

    boolean hasFailedToWrite() {
        return failedToWrite.get();
    }
}
