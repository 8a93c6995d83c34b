package org.gradienttape.script;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.layer.Shape;
import org.gradienttape.optimizer.OptimizerConfig;

/** What an optimizer contributes to the code: how weights change in place by their gradients, and its state. */
interface OptimizerCode {
    /**
     * @param prefix of names that are not those of weights, empty if the module has only one optimizer
     */
    static OptimizerCode of(final OptimizerConfig config, final String prefix) {
        if (config instanceof OptimizerConfig.Adam adam) {
            return new AdamCode(adam, prefix);
        }
        if (config instanceof OptimizerConfig.AdamW adamW) {
            return new AdamWCode(adamW, prefix);
        }
        if (config instanceof OptimizerConfig.Nadam nadam) {
            return new NadamCode(nadam, prefix);
        }
        if (config instanceof OptimizerConfig.RmsProp rmsProp) {
            return new RmsPropCode(rmsProp);
        }
        if (config instanceof OptimizerConfig.Adagrad adagrad) {
            return new AdagradCode(adagrad);
        }
        if (config instanceof OptimizerConfig.Sgd sgd) {
            return new SgdCode(sgd);
        }
        throw new IllegalArgumentException("no code for " + config);
    }

    /** A network's weights, and behind them the state at the start of those that the optimizer changes. */
    static List<ScriptTensor> withState(final OptimizerCode optimizer, final List<ScriptTensor> weights) {
        final List<ScriptTensor> trainable = weights.stream()
                .filter(tensor -> tensor.role() == ScriptTensor.Role.TRAINABLE)
                .toList();
        return Stream.concat(weights.stream(), optimizer.state(trainable).stream())
                .toList();
    }

    /** The state at the start. */
    List<ScriptTensor> state(List<ScriptTensor> trainable);

    /** Writes what comes once before each update of all weights; "rate" holds the learning rate, a float. */
    void begin(Body body);

    /**
     * Writes the change of one weight.
     *
     * @param weight name of the tensor
     * @param gradient the variable that holds its gradient
     */
    void update(Body body, String weight, String gradient);

    /** State like a weight, all numbers of one value; its name is the weight's with this behind it. */
    static ScriptTensor like(final ScriptTensor weight, final String name, final double value) {
        final float[] values = new float[weight.values().length];
        Arrays.fill(values, (float) value);
        return new ScriptTensor(weight.name() + "_" + name, weight.shape(), values, ScriptTensor.Role.STATE);
    }

    /** State of these names for each weight, all zeros. */
    static List<ScriptTensor> zeros(final List<ScriptTensor> weights, final String... names) {
        return weights.stream()
                .flatMap(weight -> Stream.of(names).map(name -> like(weight, name, 0)))
                .toList();
    }

    /** State of one number. */
    static ScriptTensor number(final String name, final double value) {
        return new ScriptTensor(name, Shape.of(), new float[] {(float) value}, ScriptTensor.Role.STATE);
    }

    /** Writes mean = decay * mean + (1 - decay) * values, in place. */
    static void average(final Body body, final String mean, final String values, final double decay) {
        body.line("torch.mul_(" + mean + ", " + Body.number(decay) + ")");
        body.line("torch.add_(" + mean + ", " + values + ", alpha=" + Body.number(1 - decay) + ")");
    }

    /** Writes mean = decay * mean + (1 - decay) * values * values, in place. */
    static void averageSquares(final Body body, final String mean, final String values, final double decay) {
        body.line("torch.mul_(" + mean + ", " + Body.number(decay) + ")");
        body.line("torch.addcmul_(" + mean + ", " + values + ", " + values + ", value=" + Body.number(1 - decay) + ")");
    }
}
