package org.gradienttape.host.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.host.workflow.FlowVariable;

/**
 * What the command line asks for; made by {@link OptionParser}.
 *
 * @param workflow the folder of the workflow
 * @param saveTo   the folder that the workflow is saved to after the run: its own, another one, or none
 * @param results  the folders for what the nodes made
 */
public record RunOptions(Path workflow, Optional<Path> saveTo, Mode mode, Changes changes, Results results) {

    /**
     * How to run.
     *
     * @param reset           run all nodes again, also those that were saved as executed
     * @param execute         run the nodes at all; without, the workflow is only loaded and configured
     * @param failOnLoadError stop with exit code 3 if anything in the workflow cannot be loaded
     */
    public record Mode(boolean reset, boolean execute, boolean failOnLoadError) {}

    /**
     * The folders for what the nodes made.
     *
     * @param tables gets every output as a file of its own
     * @param views  gets every view as a file of its own
     */
    public record Results(Optional<Path> tables, Optional<Path> views) {}

    /** What is changed before the run. */
    public record Changes(List<SettingChange> settings, List<FlowVariable> variables) {
        public Changes {
            settings = List.copyOf(settings);
            variables = List.copyOf(variables);
        }
    }
}
