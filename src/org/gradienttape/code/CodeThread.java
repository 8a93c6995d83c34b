package org.gradienttape.code;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.gradienttape.error.InvalidInputException;

/**
 * A thread of its own for work with a user's code, so that whoever waits for it can go on although the code does not
 * end. After a cancel the run has some time to end by itself; then the next operation on a tensor ends it; a code that
 * does neither is left behind, unless it waits for the engine, whose calls come to an end. These times are counted in
 * looks at the thread, so that nobody is blamed for a pause of the whole program, to collect memory for example.
 */
public final class CodeThread {
    private static final long POLL_MILLISECONDS = 20;
    /** Looks after a cancel until the thread is asked to end: 0.3 s. */
    private static final int ASK_LOOKS = 15;
    /** Of a run that is kept, 1.3 s: a step that comes to its end leaves a state that the run can go on from. */
    private static final int PATIENT_LOOKS = 65;
    /** Looks at a thread that was asked and is busy with its own code until it is left behind: 1 s. */
    private static final int LEAVE_LOOKS = 50;

    private final Function<Thread, String> line;
    private final Predicate<Thread> waits;
    private final int askLooks;
    private volatile boolean cancelled;
    private volatile boolean stopped;
    private int looks;
    private int busyLooks;

    /**
     * For code that gives operations and computes none.
     *
     * @param line where in the code a thread is, in words; empty if it is elsewhere
     */
    public CodeThread(final Function<Thread, String> line) {
        this(line, thread -> false, false);
    }

    /**
     * @param line as above
     * @param waits whether a thread waits for the engine
     * @param isKept whether the run leaves a checkpoint after a cancel
     */
    public CodeThread(final Function<Thread, String> line, final Predicate<Thread> waits, final boolean isKept) {
        this.line = line;
        this.waits = waits;
        this.askLooks = isKept ? PATIENT_LOOKS : ASK_LOOKS;
    }

    /** Whether the run shall end before its next step. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Whether the run shall end in the next operation on a tensor. */
    public boolean isStopped() {
        return stopped;
    }

    /**
     * Runs the work on the new thread and waits for it.
     *
     * @param goOn asked all the time, on the calling thread; false cancels, as an interrupt of that thread does
     * @throws InvalidInputException if the work throws one, or does not end after a cancel
     */
    public <T> T run(final Callable<T> work, final BooleanSupplier goOn) {
        final FutureTask<T> task = new FutureTask<>(work);
        final Thread thread = new Thread(task, "GradientTape Java code");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
                } catch (final TimeoutException stillRuns) {
                    if (cancelled) {
                        press(thread);
                    } else if (!goOn.getAsBoolean()) {
                        cancelled = true;
                    }
                } catch (final InterruptedException e) {
                    interrupted = true;
                    cancelled = true;
                }
            }
        } catch (final ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            if (!task.isDone()) {
                stopped = true; // also if asking failed: nobody waits any more
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void press(final Thread thread) {
        if (!stopped) {
            looks++;
            if (looks > askLooks) {
                stopped = true;
                thread.interrupt();
            }
            return;
        }
        busyLooks = waits.test(thread) ? 0 : busyLooks + 1;
        if (busyLooks > LEAVE_LOOKS) {
            final String place = line.apply(thread);
            throw new InvalidInputException("The Java code does not answer the cancel"
                    + (place.isEmpty() ? "" : "; it is in " + place)
                    + "; its thread was left behind and takes computing time until it ends or this program does, so"
                    + " correct the code's loops and restart the program when you can.");
        }
    }

    private static RuntimeException unchecked(final Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }
}
