package org.gradienttape.nodes;

import java.util.function.Supplier;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** Progress and cancel of a node for the engine's monitors, which answer whether to go on. */
public final class NodeProgress {
    private NodeProgress() {}

    /** Says what the first node that computes waits for, some seconds long. */
    public static void startEngine(final ExecutionMonitor exec) {
        exec.setProgress(0, () -> "Starting PyTorch");
    }

    /**
     * Shows the progress at the node.
     *
     * @param fraction between 0 and 1
     * @return false if the user has cancelled the node
     */
    public static boolean goOn(final ExecutionMonitor exec, final double fraction, final Supplier<String> message) {
        exec.setProgress(fraction, message);
        return isWanted(exec);
    }

    /** Whether the user has not cancelled the node. */
    public static boolean isWanted(final ExecutionMonitor exec) {
        try {
            exec.checkCanceled();
            return true;
        } catch (final CanceledExecutionException e) {
            return false;
        }
    }
}
