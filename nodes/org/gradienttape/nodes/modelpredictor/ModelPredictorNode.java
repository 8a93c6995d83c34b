package org.gradienttape.nodes.modelpredictor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.gradienttape.column.Encoding;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.SampleBatches;
import org.gradienttape.data.Target;
import org.gradienttape.data.WindowBatches;
import org.gradienttape.data.WindowForecast;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.Model;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.prediction.PredictedColumns;
import org.gradienttape.nodes.prediction.PredictionTable;
import org.gradienttape.nodes.prediction.TrueColumns;
import org.gradienttape.nodes.table.ForecastRows;
import org.gradienttape.nodes.table.ShownRows;
import org.gradienttape.torch.prediction.PredictedBatch;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Model Predictor does. */
final class ModelPredictorNode {
    private static final int DATA = 1;

    private ModelPredictorNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelPredictorNodeParameters parameters = in.getParameters();
        parameters.validate();
        final Outline model = in.<ModelPortObjectSpec>getInPortSpec(0).model();
        final PortObjectSpec data = in.getInPortSpecs()[DATA];
        final Optional<DataTableSpec> spec = EngineCall.configuring(() -> data instanceof DataTableSpec table
                ? spec(model, table, parameters)
                : spec(model, ((DatasetPortObjectSpec) data).info(), parameters));
        spec.ifPresent(known -> out.setOutSpec(0, known));
    }

    private static Optional<DataTableSpec> spec(
            final Outline model, final DataTableSpec table, final ModelPredictorNodeParameters parameters) {
        // A model that is still to be trained may learn of columns then.
        if (model.preprocessing().pixels().isPresent()) {
            encoding(model);
        }
        model.preprocessing().encoding().ifPresent(known -> {
            new ShownRows(table, Collections.emptyIterator(), 0, known);
            if (parameters.stepsAhead.isPresent()) {
                WindowBatches.checkForecast(known, targets(model));
            }
        });
        return spec(new WantedColumns(model, Target.NONE, true, parameters), table);
    }

    private static Optional<DataTableSpec> spec(
            final Outline model, final DatasetInfo data, final ModelPredictorNodeParameters parameters) {
        if (parameters.stepsAhead.isPresent()) {
            throw new InvalidInputException("A table was expected to go on behind its last rows, but a dataset is"
                    + " connected; connect the table, or switch the steps ahead off.");
        }
        Prediction.check(model, data);
        final WantedColumns wanted = new WantedColumns(model, data.target(), false, parameters);
        return spec(wanted, TrueColumns.spec(data.target(), wanted.targetName()));
    }

    private static Optional<DataTableSpec> spec(final WantedColumns wanted, final DataTableSpec before) {
        if (!wanted.areKnown()) {
            return Optional.empty();
        }
        Prediction.checkOutput(wanted.model());
        return Optional.of(PredictionTable.spec(before, wanted.columns()));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ModelPredictorNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final Model model = in.<ModelPortObject>getInPortObject(0).model();
        final List<Optional<String>> doubts = new ArrayList<>();
        final Optional<BufferedDataTable> predictions = EngineCall.executing(() -> in.getInPortObjects()[DATA]
                        instanceof BufferedDataTable table
                ? predict(model, table, parameters, exec, doubts)
                : predict(model, in.<DatasetPortObject>getInPortObject(DATA).dataset(), parameters, exec, doubts));
        if (predictions.isEmpty()) {
            throw new CanceledExecutionException();
        }
        Doubt.say(out::setWarningMessage, doubts);
        out.setOutData(0, predictions.get());
    }

    private static Optional<BufferedDataTable> predict(
            final Model model,
            final BufferedDataTable table,
            final ModelPredictorNodeParameters parameters,
            final ExecutionContext exec,
            final List<Optional<String>> doubts) {
        final DataTableSpec spec = table.getDataTableSpec();
        final WantedColumns wanted = new WantedColumns(model.outline(), Target.NONE, true, parameters);
        try (CloseableRowIterator iterator = table.iterator()) {
            final Encoding encoding = encoding(model.outline());
            final ShownRows rows = new ShownRows(spec, iterator, table.size(), encoding);
            final Appending appending = new Appending(spec, batch -> rows.take(), table.size(), "rows");
            if (parameters.stepsAhead.isEmpty()) {
                return predict(model, List.of(() -> new Showing(rows.batches(), appending)), wanted, exec, doubts);
            }
            WindowBatches.checkForecast(encoding, targets(model.outline()));
            ForecastRows.check(spec, encoding, exec);
            return predict(
                    model,
                    List.of(
                            () -> new Showing(rows.batches(), appending),
                            () -> ahead(model, rows, spec, parameters.stepsAhead.get(), exec)),
                    wanted,
                    exec,
                    doubts);
        }
    }

    /** The rows behind the last ones; what is predicted of them is what later windows see. */
    private static Showing ahead(
            final Model model,
            final ShownRows shown,
            final DataTableSpec spec,
            final int steps,
            final ExecutionContext exec) {
        final WindowForecast forecast = shown.forecast(targets(model.outline()), steps);
        final ForecastRows rows = new ForecastRows(spec, encoding(model.outline()), shown, exec);
        final Target.Numbers target =
                (Target.Numbers) model.outline().preprocessing().target();
        return new Showing(
                forecast,
                new Appending(
                        spec,
                        batch -> {
                            final List<DataRow> appended = new ArrayList<>();
                            for (int i = 0; i < batch.size(); i++) {
                                final int sample = i;
                                appended.add(rows.next(forecast, sample));
                                forecast.take(sample, target.unscaled(column -> batch.outputs()
                                        .value(sample, column)));
                            }
                            return appended;
                        },
                        forecast.info().samples(),
                        "steps ahead"));
    }

    /** The numbers that a model predicts; none if it predicts something else. */
    private static List<String> targets(final Outline model) {
        return model.preprocessing().target() instanceof Target.Numbers numbers ? numbers.columns() : List.of();
    }

    private static Optional<BufferedDataTable> predict(
            final Model model,
            final Dataset dataset,
            final ModelPredictorNodeParameters parameters,
            final ExecutionContext exec,
            final List<Optional<String>> doubts) {
        final WantedColumns wanted = new WantedColumns(model.outline(), dataset.target(), false, parameters);
        final Dataset scaled = model.preprocessing().scaled(dataset, "the data");
        final boolean areCompared = wanted.areClasses() && dataset.hasClasses();
        final List<String> names = areCompared ? wanted.names().labelNames(dataset) : dataset.classNames();
        doubts.add(areCompared ? wanted.names().doubt(dataset) : Optional.empty());
        final Appending appending = new Appending(
                TrueColumns.spec(dataset.target(), wanted.targetName()),
                batch -> truth(dataset, batch, names),
                dataset.samples(),
                "samples");
        final Optional<BufferedDataTable> predictions =
                predict(model, List.of(() -> new Showing(SampleBatches.of(scaled), appending)), wanted, exec, doubts);
        doubts.add(model.preprocessing().doubt(scaled, "the data"));
        return predictions;
    }

    private static List<DataRow> truth(final Dataset dataset, final PredictedBatch batch, final List<String> names) {
        return IntStream.range((int) batch.first(), (int) batch.first() + batch.size())
                .<DataRow>mapToObj(sample ->
                        new DefaultRow(RowKey.createRowKey((long) sample), TrueColumns.cells(dataset, sample, names)))
                .toList();
    }

    /**
     * What predictions are appended to.
     *
     * @param before the columns of the rows
     * @param rows those of a batch
     * @param count how many there are in all
     * @param unit what they are called
     */
    private record Appending(
            DataTableSpec before, Function<PredictedBatch, List<DataRow>> rows, long count, String unit) {}

    /** Samples and what becomes of them. */
    private record Showing(SampleBatches samples, Appending to) {}

    /**
     * Shows samples to the model.
     *
     * @param parts one after the other; all append to the same columns
     * @return empty if the node is cancelled
     */
    private static Optional<BufferedDataTable> predict(
            final Model model,
            final List<Supplier<Showing>> parts,
            final WantedColumns wanted,
            final ExecutionContext exec,
            final List<Optional<String>> doubts) {
        Prediction.checkOutput(model.outline());
        final PredictedColumns columns = wanted.columns();
        final Showing first = parts.get(0).get();
        final BufferedDataContainer container =
                exec.createDataContainer(PredictionTable.spec(first.to().before(), columns));
        try {
            final PredictionTable table = new PredictionTable(columns, container);
            NodeProgress.startEngine(exec);
            final List<Showing> shown = new ArrayList<>(List.of(first));
            boolean done = show(model, first, wanted.parameters(), table, exec);
            for (final Supplier<Showing> part : parts.subList(1, parts.size())) {
                if (done) {
                    shown.add(part.get());
                    done = show(model, shown.get(shown.size() - 1), wanted.parameters(), table, exec);
                }
            }
            doubts.addAll(table.doubts());
            shown.forEach(part -> doubts.add(part.samples().doubt()));
            container.close();
            return done ? Optional.of(container.getTable()) : Optional.empty();
        } finally {
            container.close();
        }
    }

    private static boolean show(
            final Model model,
            final Showing part,
            final ModelPredictorNodeParameters parameters,
            final PredictionTable table,
            final ExecutionContext exec) {
        final Appending to = part.to();
        return Prediction.run(
                new PredictionJob(model, part.samples(), parameters.batchSize, parameters.compute()),
                batch -> {
                    table.look(batch);
                    final List<DataRow> rows = to.rows().apply(batch);
                    for (int i = 0; i < rows.size(); i++) {
                        table.add(rows.get(i), i);
                    }
                    return goOn(exec, batch.first() + batch.size(), to);
                },
                () -> NodeProgress.isWanted(exec));
    }

    private static boolean goOn(final ExecutionContext exec, final long done, final Appending to) {
        return NodeProgress.goOn(
                exec, (double) done / to.count(), () -> String.format("%,d of %,d %s", done, to.count(), to.unit()));
    }

    private static Encoding encoding(final Outline model) {
        return model.preprocessing()
                .encoding()
                .orElseThrow(() -> new InvalidInputException(
                        "The model did not learn from columns of a table, so rows of a table say nothing to it; connect"
                                + " a dataset, or train a model on rows of a table."));
    }
}
