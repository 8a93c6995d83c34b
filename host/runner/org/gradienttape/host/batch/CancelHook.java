package org.gradienttape.host.batch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Control-C into a clean cancel: a shutdown hook that asks the run to stop, waits until it has come to its end,
 * and then ends the process with the exit code for a cancelled run.
 */
final class CancelHook {

    /** How long a node may take to notice the cancel before the process ends without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Runnable cancel;
    private final Thread hook;

    private CancelHook(final Runnable cancel) {
        this.cancel = cancel;
        this.hook = new Thread(this::cancelAndHalt, "Cancel on Control-C");
    }

    /** Installs the hook; close it when the run has come to its end. */
    static CancelHook install(final Runnable cancel) {
        final CancelHook hook = new CancelHook(cancel);
        Runtime.getRuntime().addShutdownHook(hook.hook);
        return hook;
    }

    /** Says that the run has come to its end; does not return while the process is being ended. */
    void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException shuttingDown) {
            waitForHalt();
        }
    }

    private void cancelAndHalt() {
        cancel.run();
        try {
            finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.EXECUTION.number());
    }

    /** The hook halts the process; nothing after the run, such as the framework's own end, may come before it. */
    private void waitForHalt() {
        try {
            hook.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
