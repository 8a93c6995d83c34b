package org.gradienttape.nodes.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.train.Progress;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.NodeLogger;

/** Shows the training at the node: progress and message, cancel, and the guide's lines in the log. */
public final class NodeMonitor implements GanMonitor {
    private final ExecutionMonitor exec;
    private final NodeLogger logger;
    private final List<Optional<String>> warnings = new ArrayList<>();

    /**
     * @param logger of the node
     */
    public NodeMonitor(final ExecutionMonitor exec, final NodeLogger logger) {
        this.exec = exec;
        this.logger = logger;
    }

    @Override
    public boolean goOn(final Progress progress) {
        return NodeProgress.goOn(exec, progress.fraction(), progress::message);
    }

    @Override
    public void warn(final String sentence) {
        logger.warn(sentence);
        warnings.add(Optional.of(sentence));
    }

    /** What went wrong without ending the run. */
    public List<Optional<String>> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void log(final String line) {
        logger.info(line);
    }
}
