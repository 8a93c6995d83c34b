import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/**
 * Adds losses of its own to that of the data: weight decay on the kernels, and a penalty on overconfident predictions
 * (Pereyra et al., 2017, arXiv:1701.06548). Each part goes into the step log.
 */
public class AddedLosses implements CustomStep {
    private static final double DECAY = 1e-4;
    private static final double CONFIDENCE = 0.1;

    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        var model = run.model();
        try (GradientTape tape = new GradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING);
            Tensor dataLoss = run.loss().call(y, logits, run.sampleWeights());
            Tensor decay = decay(run, model).mul(DECAY);
            Tensor confidence = entropy(logits).neg().mul(CONFIDENCE);
            Tensor loss = dataLoss.add(decay).add(confidence).add(model.losses());
            run.optimizer().apply(tape.gradient(loss, model.trainableWeights()), model.trainableWeights());
            run.metrics().updateState(y, logits);
            run.report("Data loss", dataLoss);
            run.report("Weight decay loss", decay);
            run.report("Confidence loss", confidence);
            return loss;
        }
    }

    /** The sum of the squares of all kernels. */
    private Tensor decay(TrainingRun run, CallableNetwork model) {
        Tensor sum = run.zeros();
        for (Variable weight : model.trainableWeights()) {
            if (weight.name().endsWith("kernel")) {
                sum = sum.add(weight.square().sum());
            }
        }
        return sum;
    }

    /** In nats, the mean over the batch. */
    private Tensor entropy(Tensor logits) {
        return logits.softmax(1).mul(logits.logSoftmax(1)).sum(1).mean().neg();
    }
}
