package org.gradienttape.torch;

import org.gradienttape.code.UserCode;
import org.gradienttape.loss.CustomLoss;
import org.gradienttape.step.StepException;
import org.gradienttape.tensor.Tensor;

/**
 * A user's loss, whose exceptions and results are sentences for the person who wrote it.
 *
 * @param code what computes it
 */
record UserLoss(UserCode<CustomLoss> code) implements CustomLoss {
    @Override
    public Tensor call(final Tensor y, final Tensor predictions) {
        return code.call(loss -> {
            final Tensor value = loss.call(y, predictions);
            if (value == null) {
                throw new StepException("call must return the loss, but it returned null");
            }
            return EngineRun.single("the loss", value);
        });
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
