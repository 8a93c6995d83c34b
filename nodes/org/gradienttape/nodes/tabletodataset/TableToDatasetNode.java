package org.gradienttape.nodes.tabletodataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.table.TableReader;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ports.DatasetOutputs;
import org.gradienttape.nodes.ports.DatasetOutputs.Reading;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What Table to Dataset does. */
final class TableToDatasetNode {
    private TableToDatasetNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final TableToDatasetNodeParameters parameters = in.getParameters();
        final DataTableSpec[] tables = in.getInTableSpecs();
        EngineCall.configuring(() -> {
            parameters.check(tables[0], second(tables));
            return true;
        });
        EngineCall.configuring(() -> parameters.expected(tables[0])).ifPresent(rows -> {
            out.setOutSpec(0, new DatasetPortObjectSpec(rows));
            out.setOutSpec(1, new DatasetPortObjectSpec(rows));
        });
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TableToDatasetNodeParameters parameters = in.getParameters();
        final BufferedDataTable[] tables = in.getInTables();
        final DatasetPair read =
                DatasetOutputs.set(in, out, EngineCall.executing(() -> reading(parameters, tables[0], second(tables))));
        final List<String> warnings = new ArrayList<>();
        if (parameters.samples != Samples.IMAGES) {
            parameters.chosen(tables[0].getDataTableSpec()).doubt().ifPresent(warnings::add);
        }
        warnings.addAll(read.warnings());
        if (!warnings.isEmpty()) {
            out.setWarningMessage(String.join("\n", warnings));
        }
    }

    private static Reading reading(
            final TableToDatasetNodeParameters parameters,
            final BufferedDataTable table,
            final Optional<BufferedDataTable> validation) {
        if (parameters.readsImages()) {
            final ReadRequest images = parameters.images(table, validation);
            return (training, heldOut, monitor) -> DatasetReader.read(images, training, heldOut, monitor);
        }
        final TableRequest rows = parameters.rows(table, validation);
        return (training, heldOut, monitor) -> TableReader.read(rows, training, heldOut, monitor);
    }

    private static <T> Optional<T> second(final T[] tables) {
        return tables.length > 1 ? Optional.of(tables[1]) : Optional.empty();
    }
}
