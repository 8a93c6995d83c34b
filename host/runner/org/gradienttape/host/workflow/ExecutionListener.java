package org.gradienttape.host.workflow;

import java.time.Duration;

/** Is told what happens to the nodes of a workflow; called from several threads. */
public interface ExecutionListener {

    void started(NodeInstance node);

    /**
     * A node is on its way.
     *
     * @param fraction how far it is, from 0 to 1; NaN if it does not say
     * @param message  what it is doing, empty if it does not say
     */
    void progressed(NodeInstance node, double fraction, String message);

    /** A node has come to its end; its outputs are there. */
    void executed(NodeInstance node, Duration duration);

    /** A node has failed; its message says why. */
    void failed(NodeInstance node, Throwable cause);

    /** A running node has been cancelled. */
    void cancelled(NodeInstance node);

    /** A node warns while it is configured or executed. */
    void warned(NodeInstance node, String warning);
}
