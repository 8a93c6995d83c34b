package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** Declares the Layer node. */
public final class LayerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Layer")
            .icon("../../../../icons/layer.png")
            .shortDescription("Adds one layer to a network that is drawn on the canvas.")
            .fullDescription("""
                    <p>Adds one layer behind the connected model, with the names, arguments and defaults of Keras. So a network is
                    drawn with nodes and connections, as in Keras' functional API: a second connection from a model is a branch,
                    and a node that joins brings branches together.</p>
                    <p>A drawing begins with a Model Builder: its preset <i>Only the input</i> has no layer yet. Models that are
                    joined must go back to the same Model Builder, or the same trained model; the layers that they have in common
                    are shared. A layer that was changed in one of them meanwhile, for example frozen, is refused.</p>
                    <p>Layers that join take any number of models: the node's + adds ports. They compute number by number, so that
                    all shapes must be the same, or 1 along an axis; Concatenate puts its inputs behind each other. Shapes that do
                    not fit are an error that names all of them, before anything is executed.</p>
                    <p><i>Input columns</i> makes several inputs for the columns of a table, such as one for its numbers and one
                    for its categories. The columns are found by their names in all data that the model meets.</p>
                    <p>New weights start as in Keras. What the model has learned to predict is forgotten, since its end is another
                    one now; what it knows about pixels and columns stays.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(LayerNodeFactory::ports)
            .model(model -> model.parametersClass(LayerNodeParameters.class)
                    .configure(LayerNode::configure)
                    .execute(LayerNode::execute))
            .addView(view -> ModelBuilderView.declare(view, "Layer"))
            .keywords(
                    "neural network",
                    "functional API",
                    "branch",
                    "merge",
                    "Add",
                    "Concatenate",
                    "residual",
                    "skip connection",
                    "several inputs",
                    "Keras",
                    "deep learning")
            .nodeType(NodeType.Manipulator);

    public LayerNodeFactory() {
        super(NODE);
    }

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Model", port -> port.name("Model")
                        .description("The network so far.")
                        .fixed(ModelPortObject.TYPE))
                .addInputPortGroup("More models", port -> port.name("More models")
                        .description("Further branches of the same network, for a layer that joins.")
                        .extendable()
                        .supportedTypes(ModelPortObject.TYPE))
                .addOutputPortGroup("Extended model", port -> port.name("Extended model")
                        .description("The network with one layer more.")
                        .fixed(ModelPortObject.TYPE));
    }
}
