import java.util.*;
import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/** Adds up the gradients of several batches and makes one update with their mean, as one bigger batch would. */
public class AccumulateGradients implements CustomStep {
    private static final int BATCHES = 4;

    private final List<Variable> sums = new ArrayList<>();
    private int added;

    @Override
    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
        var model = run.model();
        try (GradientTape tape = new GradientTape()) {
            Tensor logits = model.call(x, Mode.TRAINING);
            Tensor loss = run.loss().call(y, logits, run.sampleWeights()).add(model.losses());
            add(run, tape.gradient(loss, model.trainableWeights()));
            if (++added == BATCHES) {
                update(run, model.trainableWeights());
            }
            run.metrics().updateState(y, logits);
            return loss;
        }
    }

    private void add(TrainingRun run, List<Tensor> gradients) {
        for (int i = 0; i < gradients.size(); i++) {
            if (sums.size() <= i) {
                sums.add(run.variable("sum " + i, run.zeros(gradients.get(i).shape())));
            }
            sums.get(i).assignAdd(gradients.get(i));
        }
    }

    private void update(TrainingRun run, List<Variable> weights) {
        run.optimizer().apply(sums.stream().map(sum -> sum.div(BATCHES)).toList(), weights);
        for (Variable sum : sums) {
            sum.assign(run.zeros(sum.shape()));
        }
        added = 0;
    }
}
