package org.gradienttape.nodes.gantrainer;

import org.gradienttape.gan.GanMonitor;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.train.Progress;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.NodeLogger;

/** Shows the training at the node: progress and message, cancel, and the guide's lines in the log. */
final class NodeGanMonitor implements GanMonitor {
    private static final NodeLogger LOGGER = NodeLogger.getLogger(GanTrainerNode.class);

    private final ExecutionMonitor exec;

    NodeGanMonitor(final ExecutionMonitor exec) {
        this.exec = exec;
    }

    @Override
    public boolean goOn(final Progress progress) {
        return NodeProgress.goOn(exec, progress.fraction(), progress::message);
    }

    @Override
    public void log(final String line) {
        LOGGER.info(line);
    }
}
