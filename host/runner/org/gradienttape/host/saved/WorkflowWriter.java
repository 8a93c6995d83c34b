package org.gradienttape.host.saved;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gradienttape.host.folder.Beside;
import org.gradienttape.host.folder.Folders;
import org.gradienttape.host.workflow.FlowVariable;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeState;
import org.gradienttape.host.workflow.Workflow;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsWO;

/**
 * Writes a workflow with all that its nodes have made, so that it loads as executed here and in KNIME.
 *
 * <p>The folder is written beside its place and moved there at the end, so that a failure leaves what was there before. A run
 * that is killed between the two moves leaves it aside, from where {@link #recover} gets it.
 * What the runner does not know, such as annotations, pictures or files of the person, goes along as it was.
 */
public final class WorkflowWriter {

    /** The version of the format that is written. */
    private static final String VERSION = "5.1.0";
    /** Tells KNIME that the data of executed nodes lie in the folder. */
    private static final String SAVED_WITH_DATA = ".savedWithData";

    private static final String LOCK = ".knimeLock";

    private final Workflow workflow;

    public WorkflowWriter(final Workflow workflow) {
        this.workflow = workflow;
    }

    /**
     * Says why a workflow cannot be written into a folder, as the end of a sentence that begins with the folder.
     *
     * @param target an absolute path
     * @return empty if it can: the folder does not exist yet, is empty, or holds a workflow
     */
    public static Optional<String> trouble(final Path target) throws IOException {
        if (Files.exists(target) && !isReplaceable(target)) {
            return Optional.of("holds something else than a workflow; give a new or an empty folder");
        }
        Path parent = target.getParent();
        while (!Files.exists(parent)) {
            parent = parent.getParent();
        }
        if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
            return Optional.of("cannot be made, since " + parent + " is no folder or may not be written to");
        }
        return Optional.empty();
    }

    private static boolean isReplaceable(final Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return false;
        }
        try (Stream<Path> children = Files.list(target)) {
            return Files.exists(target.resolve(WorkflowReader.WORKFLOW_FILE))
                    || children.findAny().isEmpty();
        }
    }

    /**
     * Writes the workflow into a folder; a workflow that is there already is replaced.
     *
     * @throws IOException if it cannot be written; what was there before is then still there
     */
    public void write(final Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (Beside beside = Beside.in(target.getParent())) {
            final Path fresh = Files.createDirectory(beside.fresh("saving"));
            writeContent(fresh);
            Folders.sync(fresh);
            moveInto(fresh, target, beside);
            Folders.syncList(target.getParent());
        }
    }

    /** Puts back the workflow of a run that was killed between the two moves with which it saved. */
    public static void recover(final Path folder) {
        final Path place = folder.toAbsolutePath().normalize();
        if (place.getParent() != null && !Files.exists(place)) {
            Beside.tidy(place.getParent());
        }
    }

    private void writeContent(final Path fresh) throws IOException {
        final Set<Path> rewritten = new HashSet<>();
        rewritten.add(workflow.folder().resolve(WorkflowReader.WORKFLOW_FILE));
        rewritten.add(workflow.folder().resolve(LOCK));
        rewritten.add(workflow.folder().resolve(SAVED_WITH_DATA));
        for (final NodeInstance node : workflow.nodes()) {
            if (!node.isAsSaved()) {
                rewritten.add(workflow.folder().resolve(node.folder()));
            }
        }
        Folders.copy(workflow.folder(), fresh, rewritten);
        for (final NodeInstance node : workflow.nodes()) {
            if (!node.isAsSaved()) {
                new NodeWriter(node).write(workflow.folder().resolve(node.folder()), fresh.resolve(node.folder()));
            }
        }
        SettingsFile.write(workflowFile(), fresh.resolve(WorkflowReader.WORKFLOW_FILE));
        Files.writeString(fresh.resolve(SAVED_WITH_DATA), "The data of the executed nodes lie in this folder.\n");
    }

    private NodeSettings workflowFile() {
        final NodeSettings file = new NodeSettings(WorkflowReader.WORKFLOW_FILE);
        workflow.file().copyTo(file);
        file.addString("version", VERSION);
        file.addString("state", state().name());
        final NodeSettingsWO variables = file.addNodeSettings("workflow_variables");
        int number = 0;
        for (final FlowVariable variable : workflow.ownVariables()) {
            variable.save(variables.addNodeSettings("Var_" + number++));
        }
        return file;
    }

    /** The state of a workflow is that of its least advanced node. */
    private NodeState state() {
        return workflow.nodes().stream()
                .map(NodeInstance::state)
                .min(NodeState::compareTo)
                .orElse(NodeState.IDLE);
    }

    /** Where the second move fails, or never comes, the first one is undone when what lies beside is tidied up. */
    private static void moveInto(final Path fresh, final Path target, final Beside beside) throws IOException {
        if (Files.exists(target)) {
            Files.move(target, beside.aside(target));
        }
        Files.move(fresh, target);
    }
}
