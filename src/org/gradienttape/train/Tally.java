package org.gradienttape.train;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.metric.Mean;
import org.gradienttape.metric.Metric;
import org.gradienttape.state.Memory;
import org.gradienttape.state.ObjectMemory;

/** Mean losses and metrics over the batches of one pass. */
final class Tally {
    private final List<Mean> losses;
    private final List<Metric> metrics;

    Tally(final int losses, final List<Metric> metrics) {
        this.losses = Stream.generate(Mean::new).limit(losses).toList();
        this.metrics = metrics;
    }

    void add(final BatchResult batch) {
        for (int i = 0; i < losses.size(); i++) {
            losses.get(i).update(batch.losses().get(i), batch.samples());
        }
        if (batch.targets().rows() > 0) {
            metrics.forEach(metric -> metric.update(batch.predictions(), batch.targets()));
        }
    }

    void reset() {
        losses.forEach(Mean::reset);
        metrics.forEach(Metric::reset);
    }

    /** Keeps what was counted, or goes back to it. */
    void keep(final Memory memory) {
        for (int i = 0; i < losses.size(); i++) {
            ObjectMemory.OF_OURS.keep(memory.part("loss " + i), losses.get(i));
        }
        for (int i = 0; i < metrics.size(); i++) {
            ObjectMemory.OF_OURS.keep(memory.part("metric " + i), metrics.get(i));
        }
    }

    /** The means over the samples. */
    List<Double> losses() {
        return losses.stream().map(Mean::result).toList();
    }

    List<String> names() {
        return metrics.stream().map(Metric::name).toList();
    }

    /** In the order of the names. */
    List<Double> results() {
        return metrics.stream().map(Metric::result).toList();
    }
}
