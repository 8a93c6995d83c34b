package org.gradienttape.step;

import org.gradienttape.layer.Mode;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;

/** The step that the GradientTape Trainer makes if no other is written: the guide's, with one update of all weights. */
public final class StandardStep implements CustomStep {
    @Override
    public Tensor trainStep(final TrainingRun run, final Tensor x, final Tensor y) {
        final var model = run.model();
        try (GradientTape tape = new GradientTape()) {
            final Tensor predictions = model.call(x, Mode.TRAINING);
            final Tensor loss =
                    run.loss().call(y, predictions, run.sampleWeights()).add(model.losses());
            run.optimizer().apply(tape.gradient(loss, model.trainableWeights()), model.trainableWeights());
            run.metrics().updateState(y, predictions);
            return loss;
        }
    }
}
