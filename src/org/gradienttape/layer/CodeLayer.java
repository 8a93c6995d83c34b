package org.gradienttape.layer;

import java.util.Arrays;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;

/**
 * A layer, or a whole model, that a user wrote in Java. What is known of it without running it was found when the model was
 * built, so that a model with code can be read, shown and checked, and its code stays text until the model is used.
 *
 * @param source a Java file with a class that extends {@link CustomLayer}
 * @param plan what the code did when the model was built
 */
public record CodeLayer(String source, LayerPlan plan) implements Layer {
    @Override
    public String type() {
        return plan.className();
    }

    @Override
    public boolean passesOn() {
        return plan.passesOn();
    }

    @Override
    public Activation activation() {
        return plan.activation();
    }

    @Override
    public Shape outputShape(final Shape input) {
        if (!input.equals(plan.input())) {
            throw new InvalidInputException("The layer in Java " + type() + " was built for samples of the shape "
                    + plan.input() + ", but its input has the shape " + input + "; build the model again.");
        }
        return plan.output();
    }

    @Override
    public List<WeightSpec> weights(final Shape input) {
        return plan.weights();
    }

    @Override
    public Tensor call(final LayerCall call, final Tensor x) {
        final LayerScope scope = new LayerScope(
                new LayerScope.Outermost(
                        call.node().name(),
                        call.node().description(),
                        call.node().trainable(),
                        call.surroundings(),
                        call::addLoss),
                asked -> weight(call, asked));
        call.machine().atCode(call.node().description());
        return call.own().call(layer -> {
            final Tensor result = layer.run(scope, x, call.mode());
            if (result.type() != NumberType.FLOAT32) {
                throw new TensorException(
                        "call gave " + result.type() + " numbers, but a layer gives float numbers; use toFloat()");
            }
            if (!Arrays.equals(result.shape(), call.batchOf(x))) {
                throw new TensorException("call gave the shape " + Arrays.toString(result.shape())
                        + ", but after what it gave when the model was built it should be "
                        + Arrays.toString(call.batchOf(x)) + "; a layer gives samples of the same shape each time");
            }
            return result;
        });
    }

    private Variable weight(final LayerCall call, final WeightSpec asked) {
        final WeightSpec known = plan.weights().stream()
                .filter(weight -> weight.name().equals(asked.name()))
                .findFirst()
                .orElseThrow(() -> new TensorException("the code makes a weight " + asked.name()
                        + ", but the model has none of that name; build the model again"));
        if (!known.shape().equals(asked.shape()) || known.trainable() != asked.trainable()) {
            throw new TensorException("the weight " + asked.name() + " is " + text(asked) + " in the code, but "
                    + text(known) + " in the model; build the model again");
        }
        return call.weight(asked.name());
    }

    private static String text(final WeightSpec weight) {
        return (weight.trainable() ? "trainable" : "not trainable") + " with the shape " + weight.shape();
    }
}
