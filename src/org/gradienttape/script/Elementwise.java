package org.gradienttape.script;

import java.util.Map;
import java.util.Optional;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;

/**
 * A function without weights whose output is as large as its input, and its derivative.
 *
 * @param forward expression of the input, which stands as {x}
 * @param gradient expression of the output's gradient {g}, the input {x} and the output {y}
 */
record Elementwise(String forward, String gradient) {
    private static final int FLOAT32 = 6;

    private static final Map<Activation, Elementwise> ACTIVATIONS = Map.of(
            Activation.RELU, new Elementwise("torch.relu({x})", "torch.threshold_backward({g}, {y}, 0)"),
            Activation.SIGMOID, new Elementwise("torch.sigmoid({x})", "torch.sigmoid_backward({g}, {y})"),
            Activation.TANH, new Elementwise("torch.tanh({x})", "torch.tanh_backward({g}, {y})"),
            Activation.ELU, elu(1),
            Activation.GELU, gelu("none"),
            Activation.SILU, new Elementwise("torch.silu({x})", "torch.silu_backward({g}, {x})"),
            Activation.SOFTMAX,
                    new Elementwise(
                            "torch.softmax({x}, -1)", "torch._softmax_backward_data({g}, {y}, -1, " + FLOAT32 + ")"));

    /** What an activation computes; empty if it leaves its input as it is. */
    static Optional<Elementwise> of(final Activation activation) {
        return Optional.ofNullable(ACTIVATIONS.get(activation));
    }

    static Elementwise leakyRelu(final ActivationLayer.LeakyReLU layer) {
        final String slope = Body.number(layer.negativeSlope());
        return new Elementwise(
                "torch.leaky_relu({x}, " + slope + ")", "torch.leaky_relu_backward({g}, {x}, " + slope + ", False)");
    }

    static Elementwise elu(final double alpha) {
        final String numbers = Body.number(alpha) + ", 1., 1.";
        return new Elementwise(
                "torch.elu({x}, " + numbers + ")", "torch.elu_backward({g}, " + numbers + ", False, {x})");
    }

    /**
     * @param approximate "none" or "tanh"
     */
    static Elementwise gelu(final String approximate) {
        final String argument = ", approximate=\"" + approximate + "\")";
        return new Elementwise("torch.gelu({x}" + argument, "torch.gelu_backward({g}, {x}" + argument);
    }

    /**
     * @param name of the variable that takes the output
     */
    Written forward(final Pass pass, final String name, final String input) {
        final String output = pass.let(name, forward.replace("{x}", input));
        return Written.of(output, ofOutput -> gradient.replace("{g}", ofOutput)
                .replace("{x}", input)
                .replace("{y}", output));
    }
}
