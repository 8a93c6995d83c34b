import org.gradienttape.layer.*;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/** The node's optimizer for the last layer, an Adam of its own for all layers before it. */
public class TwoOptimizers implements CustomStep {
    private static final int WEIGHTS_OF_LAST_LAYER = 2; // kernel and bias

    private Optimizer adam;

    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        adam = adam == null ? run.adam(1e-3) : adam;
        var model = run.model();
        var weights = model.trainableWeights();
        int split = weights.size() - WEIGHTS_OF_LAST_LAYER;
        try (GradientTape tape = new GradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING);
            Tensor loss = run.loss().call(y, logits, run.sampleWeights()).add(model.losses());
            var gradients = tape.gradient(loss, weights);
            adam.apply(gradients.subList(0, split), weights.subList(0, split));
            run.optimizer().apply(gradients.subList(split, weights.size()), weights.subList(split, weights.size()));
            run.metrics().updateState(y, logits);
            return loss;
        }
    }
}
