package org.gradienttape.spark;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A time limit for a master to take the run. Spark asks one of another version three times and waits for 20 seconds each,
 * whatever limits it is given.
 */
final class Registration {
    private final AtomicBoolean isDecided = new AtomicBoolean();
    private volatile boolean isTooLate;

    private Registration() {}

    /** Interrupts this thread when the time is over, unless {@link #end} was called before. */
    static Registration begin(final int seconds) {
        final Registration registration = new Registration();
        final Thread waiting = Thread.currentThread();
        final Thread watch = new Thread(() -> {
            try {
                TimeUnit.SECONDS.sleep(seconds);
            } catch (final InterruptedException stop) {
                return;
            }
            if (registration.isDecided.compareAndSet(false, true)) {
                registration.isTooLate = true;
                waiting.interrupt();
            }
        });
        watch.setDaemon(true);
        watch.start();
        return registration;
    }

    /** The master has taken the run. */
    void end() throws InterruptedException {
        if (!isDecided.compareAndSet(false, true)) {
            throw new InterruptedException("too late");
        }
    }

    boolean isTooLate() {
        return isTooLate;
    }
}
