import java.util.List;
import org.gradienttape.step.*;

/** The standard step: loss, and the losses that layers add; gradients; one update; metrics. */
public class StandardStep implements CustomStep {
    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        Model model = run.model();
        try (GradientTape tape = run.gradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING);
            Tensor loss = run.loss().call(y, logits);
            loss = loss.add(model.losses());
            List<Tensor> gradients = tape.gradient(loss, model.trainableWeights());
            run.optimizer().apply(gradients, model.trainableWeights());
            run.metrics().updateState(y, logits);
            return loss;
        }
    }
}
