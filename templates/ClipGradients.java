import java.util.List;
import org.gradienttape.step.*;

/** Scales all gradients down together where their global norm is above a limit; the norm goes into the step log. */
public class ClipGradients implements CustomStep {
    private static final double LIMIT = 1;

    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        Model model = run.model();
        try (GradientTape tape = run.gradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING);
            Tensor loss = run.loss().call(y, logits).add(model.losses());
            List<Tensor> gradients = tape.gradient(loss, model.trainableWeights());

            Tensor norm = run.globalNorm(gradients);
            Tensor scale = run.full(LIMIT).div(norm.maximum(LIMIT)); // 1 up to the limit
            List<Tensor> clipped = gradients.stream().map(g -> g.mul(scale)).toList();
            run.report("Gradient norm", norm);

            run.optimizer().apply(clipped, model.trainableWeights());
            run.metrics().updateState(y, logits);
            return loss;
        }
    }
}
