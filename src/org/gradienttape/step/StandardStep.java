package org.gradienttape.step;

import java.util.List;
import org.gradienttape.layer.Mode;
import org.gradienttape.tensor.Tensor;

/** The step that the GradientTape Trainer makes if no other is written: the guide's, with one update of all weights. */
public final class StandardStep implements CustomStep {
    private final Learning learning;

    public StandardStep() {
        this(Learning.ALONE);
    }

    /**
     * @param learning how the network learns
     */
    public StandardStep(final Learning learning) {
        this.learning = learning;
    }

    @Override
    public Tensor trainStep(final TrainingRun run, final Tensor x, final Tensor y) {
        final Tensor predictions = run.model().call(x, Mode.TRAINING);
        return seen(run, y, learning.learn(run.optimizer(), run.model(), loss(run, y, predictions), predictions));
    }

    @Override
    public Tensor testStep(final TrainingRun run, final Tensor x, final Tensor y) {
        final Tensor predictions = run.model().call(x, Mode.INFERENCE);
        return seen(run, y, learning.measure(List.of(loss(run, y, predictions)), predictions));
    }

    private static Tensor loss(final TrainingRun run, final Tensor y, final Tensor predictions) {
        return run.loss()
                .call(y, predictions, run.sampleWeights())
                .add(run.model().losses());
    }

    /** Loss and predictions of the whole batch. */
    private static Tensor seen(final TrainingRun run, final Tensor y, final List<Tensor> ofBatch) {
        run.metrics().updateState(y, ofBatch.get(1));
        return ofBatch.get(0);
    }
}
