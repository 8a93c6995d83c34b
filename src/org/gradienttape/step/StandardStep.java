package org.gradienttape.step;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.layer.Mode;
import org.gradienttape.loss.Loss;
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
        final Tensor loss = loss(run, y, predictions);
        return seen(run, y, learning.learn(run.optimizer(), run.model(), loss, rows(run, predictions)));
    }

    @Override
    public Tensor testStep(final TrainingRun run, final Tensor x, final Tensor y) {
        final Tensor predictions = run.model().call(x, Mode.INFERENCE);
        return seen(run, y, learning.measure(List.of(loss(run, y, predictions)), rows(run, predictions)));
    }

    private static Tensor loss(final TrainingRun run, final Tensor y, final Tensor predictions) {
        return run.loss()
                .call(
                        y,
                        predictions,
                        Loss.weights(run.sampleWeights(), run.model().mask()))
                .add(run.model().losses());
    }

    /** What the metrics take in of each sample. */
    private static Tensor[] rows(final TrainingRun run, final Tensor predictions) {
        return Stream.concat(Stream.of(predictions), run.model().mask().stream())
                .toArray(Tensor[]::new);
    }

    /** Loss and rows of the whole batch. */
    private static Tensor seen(final TrainingRun run, final Tensor y, final List<Tensor> ofBatch) {
        run.metrics().updateState(y, ofBatch.get(1), ofBatch.stream().skip(2).findFirst());
        return ofBatch.get(0);
    }
}
