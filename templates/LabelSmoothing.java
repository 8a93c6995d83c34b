import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/**
 * Cross-entropy against softened labels: (1 - smoothing) for the true class, and smoothing shared out to all classes
 * (Szegedy et al., 2015, arXiv:1512.00567).
 */
public class LabelSmoothing implements CustomStep {
    private static final double SMOOTHING = 0.1;

    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        var model = run.model();
        try (GradientTape tape = new GradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING); // [batch, classes]
            int classes = (int) logits.size(1);
            Tensor targets = y.oneHot(classes).mul(1 - SMOOTHING).add(SMOOTHING / classes);
            Tensor loss = targets.mul(logits.logSoftmax(1)).sum(1).mean().neg();
            loss = loss.add(model.losses());
            run.optimizer().apply(tape.gradient(loss, model.trainableWeights()), model.trainableWeights());
            run.metrics().updateState(y, logits);
            return loss;
        }
    }
}
