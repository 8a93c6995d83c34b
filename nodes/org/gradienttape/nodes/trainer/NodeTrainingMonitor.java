package org.gradienttape.nodes.trainer;

import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.NodeLogger;

/** Shows the training at the node: progress and message, cancel, and the guide's lines in the log. */
final class NodeTrainingMonitor implements TrainingMonitor {
    private static final NodeLogger LOGGER = NodeLogger.getLogger(GradientTapeTrainerNode.class);

    private final ExecutionMonitor exec;

    NodeTrainingMonitor(final ExecutionMonitor exec) {
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
