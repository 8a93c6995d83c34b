package org.gradienttape.torch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Takes what a run tells its monitor from the run's thread to the thread that waits for it, where the monitor is called.
 *
 * @param <P> how far the run is
 */
final class MonitorRelay<P> {
    private final Predicate<P> goOn;
    private final Consumer<String> log;
    private final AtomicReference<P> latest = new AtomicReference<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /**
     * @param goOn the monitor's question
     * @param log the monitor's log
     */
    MonitorRelay(final Predicate<P> goOn, final Consumer<String> log) {
        this.goOn = goOn;
        this.log = log;
    }

    /** On the run's thread. */
    void progress(final P progress) {
        latest.set(progress);
    }

    /** On the run's thread. */
    void line(final String line) {
        lines.add(line);
    }

    /** On the waiting thread: tells the monitor all that is new, and asks it whether to go on. */
    boolean pass() {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            log.accept(line);
        }
        final P progress = latest.get();
        return progress == null || goOn.test(progress);
    }
}
