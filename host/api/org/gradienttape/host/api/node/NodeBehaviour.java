package org.gradienttape.host.api.node;

import java.util.Objects;
import java.util.Optional;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOrRearrangerConsumer;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.parameters.NodeParameters;

/**
 * What a node does.
 *
 * @param parametersClass the class of its parameters; empty for a node that has nothing to set
 * @param configure       from input specs to output specs
 * @param execute         from input objects to output objects
 * @param view            what it shows once it is executed
 */
public record NodeBehaviour(
        Optional<Class<? extends NodeParameters>> parametersClass,
        ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
        ExecuteConsumer execute,
        Optional<NodeView> view) {

    public NodeBehaviour {
        Objects.requireNonNull(parametersClass, "parametersClass");
        Objects.requireNonNull(configure, "configure");
        Objects.requireNonNull(execute, "execute");
        Objects.requireNonNull(view, "view");
    }
}
