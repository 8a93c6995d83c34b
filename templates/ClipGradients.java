import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/** Scales all gradients down together where their global norm is above a limit; the norm goes into the step log. */
public class ClipGradients implements CustomStep {
    private static final double LIMIT = 1;

    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        var model = run.model();
        try (GradientTape tape = new GradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING);
            Tensor loss = run.loss().call(y, logits, run.sampleWeights()).add(model.losses());
            var gradients = tape.gradient(loss, model.trainableWeights());
            Tensor norm = run.globalNorm(gradients);
            Tensor scale = run.full(LIMIT).div(norm.maximum(LIMIT)); // 1 up to the limit
            var clipped = gradients.stream().map(g -> g.mul(scale)).toList();
            run.report("Gradient norm", norm);

            run.optimizer().apply(clipped, model.trainableWeights());
            run.metrics().updateState(y, logits);
            return loss;
        }
    }
}
