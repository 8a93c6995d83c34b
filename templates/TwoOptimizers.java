import java.util.List;
import org.gradienttape.step.*;

/** The node's optimizer for the last layer, an Adam of its own for all layers before it. */
public class TwoOptimizers implements CustomStep {
    private static final int WEIGHTS_OF_LAST_LAYER = 2; // kernel and bias

    private Optimizer adam;

    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        if (adam == null) {
            adam = run.adam(1e-3);
        }
        Model model = run.model();
        List<Variable> weights = model.trainableWeights();
        int split = weights.size() - WEIGHTS_OF_LAST_LAYER;
        try (GradientTape tape = run.gradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING);
            Tensor loss = run.loss().call(y, logits).add(model.losses());
            List<Tensor> gradients = tape.gradient(loss, weights);
            adam.apply(gradients.subList(0, split), weights.subList(0, split));
            run.optimizer().apply(gradients.subList(split, weights.size()), weights.subList(split, weights.size()));
            run.metrics().updateState(y, logits);
            return loss;
        }
    }
}
