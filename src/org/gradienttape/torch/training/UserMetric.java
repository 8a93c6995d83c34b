package org.gradienttape.torch.training;

import java.util.Map;
import org.gradienttape.code.UserCode;
import org.gradienttape.metric.Metric;
import org.gradienttape.metric.Predictions;
import org.gradienttape.metric.Targets;
import org.gradienttape.state.Kept;
import org.gradienttape.state.Memory;
import org.gradienttape.state.ObjectMemory;

/** A user's metric, whose exceptions are sentences for the person who wrote it. */
final class UserMetric implements Metric, Kept {
    private final UserCode<Metric> code;
    private final String name;

    UserMetric(final UserCode<Metric> code) {
        this.code = code;
        this.name = code.call(Metric::name);
    }

    @Override
    public String name() {
        return name;
    }

    /** With numbers of its own, so that other metrics do not see what the code does to them. */
    @Override
    public void update(final Predictions predictions, final Targets targets) {
        code.call(metric -> {
            metric.update(
                    new Predictions(predictions.values().clone(), predictions.rows(), predictions.columns()), targets);
            return true;
        });
    }

    @Override
    public void keep(final Memory memory) {
        code.keep(memory, new ObjectMemory(Map.of()));
    }

    @Override
    public double result() {
        return code.call(Metric::result);
    }

    @Override
    public void reset() {
        code.call(metric -> {
            metric.reset();
            return true;
        });
    }
}
