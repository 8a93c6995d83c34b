package org.gradienttape.host.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.folder.FileTrouble;
import org.gradienttape.host.workflow.ExecutionListener;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeMessage;

/** Shows on the console what the nodes do, and writes the outputs of each as soon as it is executed. */
final class RunListener implements ExecutionListener {

    private final Console console;
    private final List<ResultsDir> results;
    private final AtomicBoolean failedToWrite = new AtomicBoolean();

    RunListener(final Console console, final List<ResultsDir> results) {
        this.console = console;
        this.results = List.copyOf(results);
    }

    @Override
    public void started(final NodeInstance node) {
        console.started(node.folder());
    }

    @Override
    public void progressed(final NodeInstance node, final double fraction, final String message) {
        console.progressed(node.folder(), fraction, message);
    }

    @Override
    public void executed(final NodeInstance node, final Duration duration) {
        writeResults(node);
        console.executed(node.folder(), duration);
    }

    @Override
    public void failed(final NodeInstance node, final Throwable cause) {
        console.stopped(node.folder());
        console.error(
                node.folder() + ": " + node.message().map(NodeMessage::text).orElse("failed"), cause);
    }

    @Override
    public void cancelled(final NodeInstance node) {
        console.stopped(node.folder());
        console.line(node.folder() + ": cancelled");
    }

    @Override
    public void warned(final NodeInstance node, final String warning) {
        console.warn(node.folder() + ": " + warning);
    }

    /** Writes what an executed node made into the folders that are given for it. */
    void writeResults(final NodeInstance node) {
        for (final ResultsDir folder : results) {
            try {
                folder.write(node);
            } catch (final IOException e) {
                failedToWrite.set(true);
                console.error(
                        "The " + folder.what() + " of " + node.folder() + " cannot be written: " + FileTrouble.reason(e)
                                + ".",
                        e);
            } catch (final NodeFailure e) {
                failedToWrite.set(true);
                console.error(node.folder() + ": " + e.getMessage(), e);
            }
        }
    }

    boolean hasFailedToWrite() {
        return failedToWrite.get();
    }
}
