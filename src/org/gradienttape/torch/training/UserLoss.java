package org.gradienttape.torch.training;

import java.util.Optional;
import org.gradienttape.code.UserCode;
import org.gradienttape.loss.CustomLoss;
import org.gradienttape.tensor.Tensor;

/**
 * A user's loss, whose exceptions and results are sentences for the person who wrote it.
 *
 * @param code what computes it
 */
record UserLoss(UserCode<CustomLoss> code) implements CustomLoss {
    @Override
    public Tensor call(final Tensor y, final Tensor predictions) {
        return call(y, predictions, Optional.empty());
    }

    @Override
    public Tensor call(final Tensor y, final Tensor predictions, final Optional<Tensor> weights) {
        return code.call(loss ->
                EngineRun.single("the loss", "one number, or one for each sample", loss.call(y, predictions, weights)));
    }

    @Override
    public boolean fromLogits() {
        return code.call(CustomLoss::fromLogits);
    }

    @Override
    public String toString() {
        return "Java code";
    }
}
