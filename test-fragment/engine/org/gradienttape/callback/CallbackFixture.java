package org.gradienttape.callback;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;

/** Models and settings that several tests use. */
final class CallbackFixture {
    static final Watch LOSS = new Watch("Loss", 0);

    private CallbackFixture() {}

    /** A model whose one weight is this number. */
    static Model model(final double weight) {
        final Network network = Network.of(Shape.of(1), List.of(new Layer.Dense(1, Activation.NONE, false)));
        return new Model(
                network,
                Weights.of(network, Map.of("dense/kernel", new float[] {(float) weight})),
                Provenance.of("test"));
    }

    static float weight(final List<Model> models) {
        return models.get(0).weights().get("dense/kernel")[0];
    }

    /** For callbacks that may not ask for a model. */
    static Supplier<List<Model>> noModel() {
        return () -> {
            throw new AssertionError("no model should be asked for");
        };
    }

    static Map<String, Double> loss(final double value) {
        return Map.of("Loss", value);
    }

    static CallbacksConfig with(final Schedule schedule, final PlateauConfig plateau) {
        return new CallbacksConfig(
                schedule, Optional.of(plateau), Optional.empty(), Optional.empty(), NonFiniteLoss.FAIL);
    }

    static CallbacksConfig with(final EarlyStoppingConfig earlyStopping, final NonFiniteLoss nonFiniteLoss) {
        return new CallbacksConfig(
                new Schedule.Constant(), Optional.empty(), Optional.of(earlyStopping), Optional.empty(), nonFiniteLoss);
    }

    static CallbacksConfig with(final CheckpointConfig checkpoint) {
        return new CallbacksConfig(
                new Schedule.Constant(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(checkpoint),
                NonFiniteLoss.FAIL);
    }
}
