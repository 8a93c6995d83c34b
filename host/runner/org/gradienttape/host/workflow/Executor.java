package org.gradienttape.host.workflow;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.gradienttape.host.api.location.NodePlace;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.text.Sentence;
import org.gradienttape.host.port.FileStores;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.port.PortObject;

/**
 * Runs the nodes of a workflow: each as soon as all that it depends on are executed, those that do not depend on each
 * other at the same time.
 *
 * <p>A node that fails is reset; what depends on it does not run, everything else goes on.
 */
public final class Executor {

    private final Workflow workflow;
    private final Configurator configurator;
    private final NodeTask.Source tasks;
    private final ExecutionListener listener;
    private final int threads;

    private final Object lock = new Object();
    private final Map<NodeTask, Thread> running = new HashMap<>();
    private final Set<NodeInstance> begun = new HashSet<>();
    private int unfinished;
    private boolean cancelled;

    /**
     * @param listener told of everything that happens
     * @param threads  how many nodes may run at the same time
     */
    public Executor(
            final Workflow workflow, final NodeTask.Source tasks, final ExecutionListener listener, final int threads) {
        this.workflow = workflow;
        this.configurator = new Configurator(workflow, listener);
        this.tasks = tasks;
        this.listener = listener;
        this.threads = threads;
    }

    /** Returns the source of tasks that run the nodes' own code, whose files go where the given stores keep them. */
    public static NodeTask.Source tasks(final FileStores fileStores) {
        return (node, inputs, told) -> new NodeExecution(node, inputs, fileStores, told);
    }

    /** Runs all nodes that can run, and returns when none is running any more. The nodes are configured before. */
    public void run() {
        final ExecutorService pool = Executors.newFixedThreadPool(threads, workers());
        try {
            synchronized (lock) {
                submitReady(pool);
                awaitEnd();
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Asks the running nodes to stop and starts no other; {@link #run} then returns. May be called at any time. */
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            running.forEach((task, thread) -> {
                task.cancel();
                thread.interrupt();
            });
        }
    }

    /** Says whether {@link #cancel} has been called. */
    public boolean isCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    private void awaitEnd() {
        while (unfinished > 0) {
            try {
                lock.wait();
            } catch (final InterruptedException e) {
                cancel();
            }
        }
    }

    private void submitReady(final ExecutorService pool) {
        for (final NodeInstance node : workflow.nodes()) {
            if (!cancelled && isReady(node) && begun.add(node)) {
                final NodeTask task = tasks.create(node, inputs(node), listener);
                unfinished++;
                pool.execute(() -> work(node, task, pool));
            }
        }
    }

    private boolean isReady(final NodeInstance node) {
        return node.state() == NodeState.CONFIGURED
                && workflow.predecessors(node).stream()
                        .allMatch(predecessor -> predecessor.state() == NodeState.EXECUTED);
    }

    private PortObject[] inputs(final NodeInstance node) {
        final PortObject[] inputs = new PortObject[node.body().inputs().size()];
        for (final Connection connection : workflow.incoming(node)) {
            if (connection.targetPort() > 0) {
                final NodeInstance source = workflow.node(connection.source()).orElseThrow();
                inputs[connection.targetPort() - 1] = source.outputs().objects()[connection.sourcePort() - 1];
            }
        }
        return inputs;
    }

    private void work(final NodeInstance node, final NodeTask task, final ExecutorService pool) {
        try {
            if (begin(task)) {
                execute(node, task);
            }
        } finally {
            synchronized (lock) {
                running.remove(task);
                unfinished--;
                submitReady(pool);
                lock.notifyAll();
            }
        }
    }

    private boolean begin(final NodeTask task) {
        synchronized (lock) {
            if (!cancelled) {
                running.put(task, Thread.currentThread());
            }
            return !cancelled;
        }
    }

    private void execute(final NodeInstance node, final NodeTask task) {
        listener.started(node);
        final long start = System.nanoTime();
        try {
            final NodeTask.Result result = executed(node, task);
            synchronized (lock) {
                running.remove(task);
                node.executed(result.outputs(), result.warning());
                configurator.configureAfter(node);
            }
            clearInterrupt();
            result.warning().ifPresent(warning -> listener.warned(node, warning));
            listener.executed(node, Duration.ofNanos(System.nanoTime() - start));
        } catch (final CanceledExecutionException e) {
            stopped(node, NodeMessage.warning("Execution canceled"));
            listener.cancelled(node);
        } catch (final NodeFailure e) {
            failed(node, sentence(e), e);
        } catch (final RuntimeException | Error e) {
            failed(node, "Execute failed: " + sentence(e), e);
        }
    }

    private NodeTask.Result executed(final NodeInstance node, final NodeTask task)
            throws NodeFailure, CanceledExecutionException {
        workflow.place(node).enter();
        try {
            return task.execute();
        } finally {
            NodePlace.leave();
        }
    }

    private void failed(final NodeInstance node, final String sentence, final Throwable cause) {
        if (isCancelled()) {
            stopped(node, NodeMessage.warning("Execution canceled"));
            listener.cancelled(node);
        } else {
            stopped(node, NodeMessage.error(sentence));
            listener.failed(node, cause);
        }
    }

    private void stopped(final NodeInstance node, final NodeMessage message) {
        synchronized (lock) {
            workflow.reset(node);
            configurator.configure(node);
            configurator.configureAfter(node);
            node.setMessage(message);
        }
    }

    /** A cancel that came too late for the node must not disturb what is done with its outputs. */
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    private static String sentence(final Throwable failure) {
        final String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : Sentence.readable(message);
    }

    /** Worker threads see the class loader of the thread that runs the workflow, never that of a node's plug-in. */
    private static ThreadFactory workers() {
        final ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return work -> {
            final Thread thread = new Thread(work, "Node worker");
            thread.setContextClassLoader(loader);
            thread.setDaemon(true);
            return thread;
        };
    }
}
