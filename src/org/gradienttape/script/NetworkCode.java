package org.gradienttape.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;

/** A network within a module: the tensors that it owns, and what its layers compute one after the other. */
final class NetworkCode {
    private final List<Site> sites;

    /**
     * @param prefix of all names, empty if the module has only this network
     */
    NetworkCode(final String prefix, final Network network) {
        this.sites =
                network.nodes().stream().map(node -> new Site(prefix, node)).toList();
    }

    /** The weights, in the network's order. */
    List<ScriptTensor> tensors(final Weights weights) {
        final List<ScriptTensor> tensors = new ArrayList<>();
        for (final Site site : sites) {
            for (final WeightSpec weight : site.node().weights()) {
                tensors.add(new ScriptTensor(
                        site.tensor(weight.name()),
                        weight.shape(),
                        weights.get(site.node().weightName(weight)),
                        weight.trainable() ? ScriptTensor.Role.TRAINABLE : ScriptTensor.Role.FROZEN));
            }
        }
        return tensors;
    }

    /** The names of the weights that an optimizer changes, in the network's order. */
    List<String> trainable() {
        return sites.stream()
                .flatMap(site -> site.node().weights().stream()
                        .filter(WeightSpec::trainable)
                        .map(weight -> site.tensor(weight.name())))
                .toList();
    }

    /** The arguments that the network needs beside its input while it is trained: the masks of its dropout layers. */
    List<String> masks() {
        return sites.stream()
                .filter(site -> site.node().layer() instanceof Layer.Dropout dropout && dropout.rate() > 0)
                .map(DropoutCode::mask)
                .toList();
    }

    /**
     * Writes the statements of all layers.
     *
     * @param input the variable that holds [batch, the network's input shape]
     */
    Written forward(final Pass pass, final String input) {
        final List<Written> layers = new ArrayList<>();
        String values = input;
        for (final Site site : sites) {
            pass.body().comment(site.description());
            final Written layer = LayerCodes.of(site).forward(pass, values);
            layers.add(layer);
            values = layer.output();
        }
        pass.body().comment("");
        return new Written(values, gradient(pass, layers));
    }

    private Optional<Written.Gradient> gradient(final Pass pass, final List<Written> layers) {
        return layers.stream().allMatch(layer -> layer.gradient().isPresent())
                ? Optional.of(ofOutput -> backward(pass, layers, ofOutput))
                : Optional.empty();
    }

    private String backward(final Pass pass, final List<Written> layers, final String ofOutput) {
        String gradient = ofOutput;
        for (int i = layers.size() - 1; i >= 0; i--) {
            final Site site = sites.get(i);
            pass.body().comment("gradient of " + site.description());
            gradient = layers.get(i).gradient().orElseThrow().write(pass.let(site.name() + "_gradient", gradient));
        }
        pass.body().comment("");
        return gradient;
    }
}
