package org.gradienttape.host.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.host.api.execution.Log;
import org.gradienttape.host.api.text.Sentence;
import org.gradienttape.host.folder.FileTrouble;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.saved.LoadedWorkflow;
import org.gradienttape.host.saved.WorkflowReader;
import org.gradienttape.host.saved.WorkflowWriter;
import org.gradienttape.host.workflow.Configurator;
import org.gradienttape.host.workflow.Executor;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeRegistry;
import org.gradienttape.host.workflow.NodeState;
import org.gradienttape.host.workflow.Workflow;
import org.knime.core.node.NodeLogger;

/** One call of the runner: reads the command line, loads the workflow, changes it, runs it and saves it. */
public final class BatchRun {

    private final NodeRegistry registry;
    private final Console console;
    private final Object lock = new Object();
    private Optional<Executor> executor = Optional.empty();
    private boolean cancelled;

    /**
     * @param registry the nodes that are installed
     * @param console  where the run reports
     */
    public BatchRun(final NodeRegistry registry, final Console console) {
        this.registry = registry;
        this.console = console;
    }

    /** Does what the arguments say, and reports it; never throws for what a person can do wrong. */
    public ExitCode run(final List<String> arguments) {
        if (arguments.isEmpty()) {
            console.line(Usage.TEXT);
            return ExitCode.SUCCESS;
        }
        Log.setSink(this::log);
        try {
            return run(OptionParser.parse(arguments));
        } catch (final RunException e) {
            console.error(e.getMessage(), e);
            return e.exitCode();
        } catch (final RuntimeException | Error e) {
            console.error(
                    "The run ended by a mistake of the program, " + Sentence.readable(e.toString())
                            + "; please report it with the workflow.",
                    e);
            return ExitCode.EXECUTION;
        } finally {
            console.close();
        }
    }

    /** Asks a run to stop; it then ends with the exit code for a cancelled run. May be called at any time. */
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            executor.ifPresent(Executor::cancel);
        }
    }

    /** Shows what the nodes write to their logs; KNIME shows information lines in its log view. */
    private void log(final NodeLogger.LEVEL level, final String logger, final String message, final Throwable problem) {
        switch (level) {
            case INFO -> console.line(message);
            case WARN -> console.warn(message);
            case ERROR, FATAL -> console.error(message);
            default -> {
                return;
            }
        }
        if (problem != null) {
            console.trace(problem);
        }
    }

    private ExitCode run(final RunOptions options) throws RunException {
        requireFreeTarget(options);
        final List<ResultsDir> results = open(options.results());
        try (FileStores fileStores = new FileStores()) {
            final Workflow workflow = load(options, fileStores);
            WorkflowChanges.apply(options, workflow, console);
            final RunListener listener = new RunListener(console, results);
            new Configurator(workflow, listener).configureAll();
            final ExitCode exitCode =
                    options.mode().execute() ? execute(workflow, fileStores, listener) : configured(workflow);
            save(options, workflow);
            return exitCode;
        } catch (final IOException e) {
            throw new RunException(
                    ExitCode.EXECUTION,
                    "The temporary folder of the run cannot be used: " + FileTrouble.reason(e) + ".",
                    e);
        }
    }

    private static List<ResultsDir> open(final RunOptions.Results folders) throws RunException {
        final List<ResultsDir> results = new ArrayList<>();
        if (folders.tables().isPresent()) {
            results.add(new TablesDir(
                    ResultsDir.folder("-tablesDir", folders.tables().get())));
        }
        if (folders.views().isPresent()) {
            results.add(
                    new ViewsDir(ResultsDir.folder("-viewsDir", folders.views().get())));
        }
        return results;
    }

    private Workflow load(final RunOptions options, final FileStores fileStores) throws RunException {
        final LoadedWorkflow loaded;
        try {
            loaded = options.mode().reset()
                    ? WorkflowReader.readReset(options.workflow(), registry)
                    : WorkflowReader.read(options.workflow(), registry, fileStores);
        } catch (final IOException e) {
            throw new RunException(ExitCode.LOAD, e.getMessage(), e);
        }
        if (options.mode().failOnLoadError() && !loaded.errors().isEmpty()) {
            throw new RunException(ExitCode.LOAD, String.join("\n", loaded.errors()));
        }
        loaded.errors().forEach(console::warn);
        return loaded.workflow();
    }

    private ExitCode execute(final Workflow workflow, final FileStores fileStores, final RunListener listener) {
        workflow.nodes().stream()
                .filter(node -> node.state() == NodeState.EXECUTED)
                .forEach(listener::writeResults);
        final Executor current = new Executor(
                workflow,
                Executor.tasks(fileStores),
                listener,
                Runtime.getRuntime().availableProcessors());
        synchronized (lock) {
            executor = Optional.of(current);
            if (cancelled) {
                current.cancel();
            }
        }
        current.run();
        return result(workflow, current, listener);
    }

    /** Says which nodes could not be executed as they are. */
    private ExitCode configured(final Workflow workflow) {
        final List<NodeInstance> wrong = workflow.nodes().stream()
                .filter(node -> node.state() == NodeState.IDLE && node.message().isPresent())
                .toList();
        wrong.forEach(this::explain);
        return wrong.isEmpty() ? ExitCode.SUCCESS : ExitCode.EXECUTION;
    }

    private ExitCode result(final Workflow workflow, final Executor finished, final RunListener listener) {
        final List<NodeInstance> left = workflow.nodes().stream()
                .filter(node -> node.state() != NodeState.EXECUTED)
                .toList();
        if (finished.isCancelled()) {
            console.error("The run was cancelled.");
        } else {
            left.forEach(this::explain);
        }
        final int executed = workflow.nodes().size() - left.size();
        final int all = workflow.nodes().size() + workflow.missingNodes();
        if (executed < all) {
            console.line(executed + " of " + all + " nodes are executed.");
        }
        final boolean good = executed == all && !finished.isCancelled() && !listener.hasFailedToWrite();
        return good ? ExitCode.SUCCESS : ExitCode.EXECUTION;
    }

    /** Says why a node could not be run; that one failed while it ran has been said when it did. */
    private void explain(final NodeInstance node) {
        if (node.state() == NodeState.IDLE) {
            node.message().ifPresent(message -> console.error(node + " cannot be executed: " + message.text()));
        }
    }

    private static void save(final RunOptions options, final Workflow workflow) throws RunException {
        if (options.saveTo().isEmpty()) {
            return;
        }
        try {
            new WorkflowWriter(workflow).write(options.saveTo().get());
        } catch (final IOException e) {
            throw new RunException(
                    ExitCode.EXECUTION,
                    "The workflow cannot be saved in " + options.saveTo().get() + ": " + FileTrouble.reason(e) + ".",
                    e);
        }
    }

    private static void requireFreeTarget(final RunOptions options) throws RunException {
        if (options.saveTo().isEmpty()) {
            return;
        }
        final Path target = options.saveTo().get();
        Optional<String> trouble;
        try {
            trouble = WorkflowWriter.trouble(target);
        } catch (final IOException e) {
            trouble = Optional.of("cannot be read: " + FileTrouble.reason(e));
        }
        if (trouble.isPresent()) {
            throw new RunException(
                    ExitCode.PARAMETERS, "The folder to save in, " + target + ", " + trouble.get() + ".");
        }
    }
}
