package org.gradienttape.callback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.state.Memory;

/** Models of an earlier epoch that a run may still come back to. */
final class KeptModels {
    private KeptModels() {}

    /**
     * Keeps the weights of models, or gives the kept ones back.
     *
     * @param now the run's models, for all but the weights
     */
    static Optional<List<Model>> keep(
            final Memory memory, final Optional<List<Model>> models, final Supplier<List<Model>> now) {
        if (!memory.flag("there", models.isPresent())) {
            return Optional.empty();
        }
        final List<Model> networks = models.orElseGet(now);
        final List<Model> kept = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            kept.add(keep(memory.part("model " + i), networks.get(i)));
        }
        return Optional.of(kept);
    }

    private static Model keep(final Memory memory, final Model model) {
        final Map<String, float[]> values = new HashMap<>();
        for (final String name : model.weights().names()) {
            values.put(name, memory.floats(name, model.weights().get(name)));
        }
        return memory.givesBack()
                ? new Model(
                        model.network(), Weights.of(model.network(), values), model.preprocessing(), model.provenance())
                : model;
    }
}
