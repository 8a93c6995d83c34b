import org.gradienttape.loss.*;
import org.gradienttape.tensor.*;

/**
 * Cross-entropy in which samples that are right already count less: -(1 - p)^gamma * log(p) for the probability p of the
 * label (Lin et al., 2017, arXiv:1708.02002). One logit per class.
 */
public class FocalLoss implements CustomLoss {
    private static final double GAMMA = 2;

    @Override
    public Tensor call(Tensor y, Tensor predictions) {
        Tensor classes = predictions.logSoftmax(1); // [batch, classes]
        Tensor label = classes.mul(y.oneHot((int) predictions.size(1))).sum(1); // log(p), [batch]
        Tensor weight = label.exp().neg().add(1).pow(GAMMA);
        return weight.mul(label).neg();
    }

    @Override
    public boolean fromLogits() {
        return true;
    }
}
