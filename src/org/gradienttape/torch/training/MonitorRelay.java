package org.gradienttape.torch.training;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.gradienttape.code.CodeThread;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;

/**
 * Takes what a run tells its monitor from the run's thread to the thread that waits for it, where the monitor is called. On
 * the run's thread it is the run's monitor.
 */
public final class MonitorRelay implements GanMonitor {
    private final TrainingMonitor monitor;
    private final CodeThread thread;
    private final AtomicReference<Progress> latest;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    /**
     * @param monitor called on the waiting thread
     * @param thread the run's
     * @param start how far the run is before its first step
     */
    public MonitorRelay(final TrainingMonitor monitor, final CodeThread thread, final Progress start) {
        this.monitor = monitor;
        this.thread = thread;
        this.latest = new AtomicReference<>(start);
    }

    @Override
    public boolean goOn(final Progress progress) {
        latest.set(progress);
        return !thread.isCancelled();
    }

    @Override
    public void log(final String line) {
        lines.add(line);
    }

    @Override
    public void warn(final String sentence) {
        warnings.add(sentence);
    }

    /** On the waiting thread: tells the monitor all that is new, and asks it whether to go on. */
    public boolean pass() {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            monitor.log(line);
        }
        for (String sentence = warnings.poll(); sentence != null; sentence = warnings.poll()) {
            monitor.warn(sentence);
        }
        return monitor.goOn(latest.get());
    }
}
