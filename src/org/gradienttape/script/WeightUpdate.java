package org.gradienttape.script;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gradienttape.optimizer.GradientClipping;

/**
 * Writes how a loss changes the weights of a network: the gradients, known ahead of time or by the engine's automatic
 * differentiation, and the optimizer's rule.
 *
 * @param trainable names of the weights
 * @param optimizer its rule
 * @param clipping what happens to the gradients before
 */
record WeightUpdate(List<String> trainable, OptimizerCode optimizer, GradientClipping clipping) {
    /** Writes the gradients by the engine: what was computed since recording began is gone through backwards. */
    void byAutograd(final Pass pass, final String loss) {
        final String weights = trainable.stream().map(name -> "self." + name).collect(Collectors.joining(", "));
        final String gradients = pass.let("gradients", "torch.autograd.grad([" + loss + "], [" + weights + "])");
        pass.body().line("torch.set_grad_enabled(False)");
        for (int i = 0; i < trainable.size(); i++) {
            pass.gradient(trainable.get(i), "unchecked_cast(Tensor, " + gradients + "[" + i + "])");
        }
        write(pass);
    }

    /** Writes the gradients that the layers know. */
    void byLayers(final Pass pass, final Written network, final Written loss) {
        network.gradient().orElseThrow().write(loss.gradient().orElseThrow().write("1"));
        write(pass);
    }

    private void write(final Pass pass) {
        pass.body().comment("update");
        ClippingCode.write(clipping, pass);
        optimizer.begin(pass.body());
        final Map<String, String> gradients = pass.gradients();
        trainable.forEach(weight -> optimizer.update(pass.body(), weight, gradients.get(weight)));
        pass.body().comment("");
    }
}
