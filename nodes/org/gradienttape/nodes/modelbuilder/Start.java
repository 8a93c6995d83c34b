package org.gradienttape.nodes.modelbuilder;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.TableColumns;
import org.gradienttape.data.Target;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.knime.core.node.port.PortObjectSpec;

/**
 * What is connected to a Model Builder.
 *
 * @param model to go on from
 * @param data what the model shall learn from
 */
record Start(Optional<ModelPortObjectSpec> model, Optional<DatasetInfo> data) {
    static final Start NOTHING = new Start(Optional.empty(), Optional.empty());

    /**
     * @param specs of the ports that exist
     * @return empty if one of them is not known yet
     */
    static Optional<Start> of(final PortObjectSpec... specs) {
        if (Arrays.asList(specs).contains(null)) {
            return Optional.empty();
        }
        return Optional.of(new Start(
                only(specs, ModelPortObjectSpec.class).findFirst(),
                only(specs, DatasetPortObjectSpec.class)
                        .map(DatasetPortObjectSpec::info)
                        .findFirst()));
    }

    private static <T> Stream<T> only(final PortObjectSpec[] specs, final Class<T> type) {
        return Stream.of(specs).filter(type::isInstance).map(type::cast);
    }

    /** The shape of one sample, if that is known by what is connected. */
    Optional<Shape> input() {
        return model.map(connected -> connected.network().input()).or(() -> data.map(DatasetInfo::sampleShape));
    }

    /** How samples become what the model learns from; not what it learned to predict, which its new end changes. */
    Preprocessing preprocessing() {
        return model.map(connected -> connected.model().preprocessing().withoutTarget())
                .orElseGet(() -> new Preprocessing(
                        Target.NONE,
                        Optional.empty(),
                        data.flatMap(DatasetInfo::columns).map(TableColumns::encoding)));
    }

    /** @throws InvalidInputException if model and data do not fit each other */
    void check() {
        if (model.isPresent()
                && data.isPresent()
                && !model.get().network().input().equals(data.get().sampleShape())) {
            throw new InvalidInputException("The model takes samples of the shape "
                    + model.get().network().input() + ", but the data "
                    + data.get().name()
                    + " has samples of the shape " + data.get().sampleShape()
                    + "; connect data that the model can learn from, or none.");
        }
    }
}
