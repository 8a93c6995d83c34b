import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/** Trains on mixtures of two samples and of their labels (Zhang et al., 2017, arXiv:1710.09412). */
public class Mixup implements CustomStep {
    private static final double ALPHA = 0.2;

    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        var model = run.model();
        double share = run.random().beta(ALPHA, ALPHA);
        Tensor partners = run.random().permutation((int) x.size(0));
        Tensor mixed = x.mul(share).add(x.take(partners, 0).mul(1 - share));
        try (GradientTape tape = new GradientTape()) {
            Tensor logits = model.call(mixed, Mode.TRAINING);
            Tensor loss = run.loss().call(y, logits).mul(share);
            loss = loss.add(run.loss().call(y.take(partners, 0), logits).mul(1 - share));
            loss = loss.add(model.losses());
            run.optimizer().apply(tape.gradient(loss, model.trainableWeights()), model.trainableWeights());
            run.metrics().updateState(y, logits); // of the mixtures, against the first sample's label
            run.report("Mixup share", share);
            return loss;
        }
    }
}
