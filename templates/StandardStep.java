import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/** The standard step: loss, and the losses that layers add; gradients; one update; metrics. */
public class StandardStep implements CustomStep {
    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        var model = run.model();
        try (GradientTape tape = new GradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING);
            Tensor loss = run.loss().call(y, logits, run.sampleWeights()).add(model.losses());
            run.optimizer().apply(tape.gradient(loss, model.trainableWeights()), model.trainableWeights());
            run.metrics().updateState(y, logits);
            return loss;
        }
    }
}
