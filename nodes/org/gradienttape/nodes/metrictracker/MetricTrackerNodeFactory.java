package org.gradienttape.nodes.metrictracker;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** Declares the Metric Tracker. */
public final class MetricTrackerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Metric Tracker")
            .icon("../../../../icons/metric-tracker.png")
            .shortDescription("Sums up a training log, or scores predictions, with a chart.")
            .fullDescription("""
                    <p>Reads a log table, such as the step log or the epoch log of a trainer, and follows its losses and
                    metrics: each is updated row by row, and its result is taken at the end of each epoch and of the whole
                    log.</p>
                    <p>For each column the node gives the last value, mean, minimum, maximum, moving average, the epoch with
                    the best mean, the trend over the last points (the slope of a line by least squares, with its 95 %
                    confidence interval), and a verdict: <i>Improving</i>, <i>Plateau</i>, <i>Worsening</i> or
                    <i>Overfitting</i>. Losses get better by falling, accuracies by rising. Missing cells are
                    left out; so are NaN and infinite numbers, of which a warning tells how many there are.</p>
                    <p>The column Epoch groups the rows. With a column Step the curves run over the steps of all epochs. How
                    many steps an epoch has is known from the logs of the trainers and from logs with a row for every step;
                    where it is not known, as in a log that was read from a file, the logged steps are counted. Without both
                    columns, rows are counted.</p>
                    <p>With the input <i>Predictions</i> it scores a table of predicted classes or numbers, such as the Model
                    Predictor writes, for each group of rows (for example each epoch) and for the whole table. A metric that is
                    undefined, such as AUC where all rows are of one class, is missing and not 0.</p>
                    <p><i>Classes</i>: accuracy, top-k accuracy, precision, recall, F1, AUC, mean squared and mean absolute
                    error by Keras' rules, except that F1 is the mean over the classes that occur; then precision, recall and F1 of
                    each class and the confusion matrix.</p>
                    <p><i>Numbers</i>: the scores of KNIME's Numeric Scorer. R² is missing where all targets are equal, the mean
                    absolute percentage error (1 is 100 %) where a target is 0. The mean signed difference is that of prediction
                    less target.</p>
                    <p>Proportions have a confidence interval by Wilson, mean errors one by Student's t, cut at 0 where an error
                    cannot be below; the root of the mean squared error has the roots of that interval, and R² the one that follows
                    from the variance of its two means, which is meant for some dozens of rows or more.</p>
                    <p>Connect a second log to compare two runs: its rows follow in the table, its curves lie over the first
                    ones in the chart.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(MetricTrackerNodeFactory::ports)
            .model(model -> model.parametersClass(MetricTrackerNodeParameters.class)
                    .configure(MetricTrackerNode::configure)
                    .execute(MetricTrackerNode::execute))
            .addView(MetricTrackerView::declare)
            .keywords(
                    "loss",
                    "accuracy",
                    "learning curve",
                    "overfitting",
                    "training log",
                    "chart",
                    "compare runs",
                    "confusion matrix",
                    "F1",
                    "AUC",
                    "scorer",
                    "numeric scorer",
                    "R²",
                    "RMSE",
                    "residuals")
            .nodeType(NodeType.Visualizer);

    public MetricTrackerNodeFactory() {
        super(NODE);
    }

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Log", port -> port.name("Log")
                        .description(
                                "A table with columns of numbers, one row per step or epoch, in the order of training; or a table of"
                                        + " predictions, one row per sample.")
                        .fixed(BufferedDataTable.TYPE))
                .addInputPortGroup("Second log", port -> port.name("Second log")
                        .description("The log, or the predictions, of another run, to compare.")
                        .optional()
                        .supportedTypes(BufferedDataTable.TYPE))
                .addOutputPortGroup("Metrics", port -> port.name("Metrics")
                        .description(
                                "One row per run and series: Run, Series, Epoch (missing: the whole log), Points, Last,"
                                        + " Mean, Min, Max, Moving average, Best epoch, Trend (change per step, logged step, epoch or row), Trend low,"
                                        + " Trend high, Verdict. Of predictions: Run, Group, Metric, Class, Predicted class,"
                                        + " Value, Low, High, Samples.")
                        .fixed(BufferedDataTable.TYPE))
                .addOutputPortGroup("Chart", port -> port.name("Chart")
                        .description(
                                "The curves as a PNG image: losses on the left axis, accuracies on the right one. Of"
                                        + " predictions without groups: the confusion matrix, or predicted against true"
                                        + " numbers.")
                        .fixed(ImagePortObject.TYPE));
    }
}
