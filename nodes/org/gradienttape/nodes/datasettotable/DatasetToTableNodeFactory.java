package org.gradienttape.nodes.datasettotable;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares Dataset to Table. */
public final class DatasetToTableNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Dataset to Table")
            .icon("../../../../icons/dataset-to-table.png")
            .shortDescription("Turns the samples of a dataset into the rows of a table.")
            .fullDescription("""
                    <p>Gives each sample of a dataset a row, so that KNIME's own nodes and views can work with it: with its
                    image, or with one column per number, and with the name of its class or its other target. Rows of a
                    table become what they were.</p>
                    <p>Images are shown as they are stored. Numbers are scaled as they reach a network. <i>Table to
                    Dataset</i> turns such a table into a dataset again.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .ports(ports -> ports.addInputPort("Dataset", "The samples.", DatasetPortObject.TYPE)
                    .addOutputTable(
                            "Samples",
                            "One row per sample: Image, or the columns of a table, or Feature 1, Feature 2 and so on;"
                                    + " then the target, such as Label, the name of the class."))
            .model(model -> model.parametersClass(DatasetToTableNodeParameters.class)
                    .configure(DatasetToTableNode::configure)
                    .execute(DatasetToTableNode::execute))
            .keywords("samples", "images", "labels", "export", "MNIST", "deep learning")
            .nodeType(NodeType.Manipulator);

    public DatasetToTableNodeFactory() {
        super(NODE);
    }
}
