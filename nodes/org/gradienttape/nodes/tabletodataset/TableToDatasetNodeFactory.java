package org.gradienttape.nodes.tabletodataset;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.view.DatasetView;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** Declares Table to Dataset. */
public final class TableToDatasetNodeFactory extends DefaultNodeFactory {
    private static final String NAME = "Table to Dataset";

    private static final DefaultNode NODE = DefaultNode.create()
            .name(NAME)
            .icon("../../../../icons/table-to-dataset.png")
            .shortDescription("Makes rows of a table samples to train on, and holds some of them out.")
            .fullDescription("""
                    <p>Each row of the table becomes a sample: its columns of numbers and text are the features, and one or
                    several columns are the target. A target of text is classes, a target of numbers is numbers to predict;
                    an autoencoder learns the samples themselves. Part of the rows can be held out, so that training is
                    measured on rows that it never saw; or a second table, added with the + at the node, is the held-out
                    data.</p>
                    <p>Numbers are standardized, each text of a column becomes a number of its own that is 0 or 1, and missing
                    cells can be filled in. What is learned for this, such as means and texts, comes from the training data
                    alone and stays with the model: when it predicts, it finds columns and classes by their names and does the
                    same again.</p>
                    <p>Rows that follow one another in time can be windows: so many rows are one sample, of the shape [length,
                    features], and predict a row behind them. The held-out part is the last one in time.</p>
                    <p>A row may also be an image with a class: one column holds PNG images, or columns of numbers hold the
                    pixels.</p>
                    <p>The rows are written to a file of the workflow and mapped into memory from there, so a dataset may be
                    larger than the memory that KNIME has.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(TableToDatasetNodeFactory::ports)
            .model(model -> model.parametersClass(TableToDatasetNodeParameters.class)
                    .configure(TableToDatasetNode::configure)
                    .execute(TableToDatasetNode::execute))
            .addView(view -> DatasetView.declare(view, NAME))
            .keywords(
                    "rows",
                    "columns",
                    "regression",
                    "classification",
                    "normalize",
                    "one-hot",
                    "missing values",
                    "split",
                    "time series",
                    "forecast",
                    "sliding window",
                    "lag")
            .nodeType(NodeType.Manipulator);

    public TableToDatasetNodeFactory() {
        super(NODE);
    }

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Table", port -> port.name("Table")
                        .description("The rows to learn from.")
                        .fixed(BufferedDataTable.TYPE))
                .addInputPortGroup("Validation table", port -> port.name("Validation table")
                        .description("Rows with the same columns that are the held-out data.")
                        .optional()
                        .supportedTypes(BufferedDataTable.TYPE))
                .addOutputPortGroup("Training data", port -> port.name("Training data")
                        .description("The samples to train on, in the order of the rows.")
                        .fixed(DatasetPortObject.TYPE))
                .addOutputPortGroup("Held-out data", port -> port.name("Held-out data")
                        .description(
                                "The samples that were kept away from training, for the validation data of a trainer."
                                        + " If nothing is held out, this is a dataset of 0 samples, which a trainer"
                                        + " refuses.")
                        .fixed(DatasetPortObject.TYPE));
    }
}
