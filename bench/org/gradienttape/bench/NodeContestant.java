package org.gradienttape.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.port.PortDeclaration;
import org.gradienttape.host.api.port.PortDeclarations;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.node.NodePorts;
import org.gradienttape.host.node.NodeRun;
import org.gradienttape.host.port.FileStoreFolder;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.trainer.GradientTapeTrainerNodeFactory;
import org.gradienttape.nodes.trainer.GradientTapeTrainerNodeParameters;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/**
 * The same training as a node runs it: with progress, cancel and tables. Its settings' defaults are the guide's, which
 * are one thread and shuffled batches.
 */
final class NodeContestant implements Contestant {
    private final NodeRun node;
    private final FileStores stores = new FileStores();
    private final PortObject[] inputs;

    NodeContestant(final GuideTask task) throws IOException {
        declarePorts();
        final NodeDeclaration declaration = NodeDeclaration.of(new GradientTapeTrainerNodeFactory());
        final NodePorts ports = NodePorts.fixed(declaration).with("Validation data", DatasetPortObject.TYPE);
        this.node = new NodeRun(declaration, ports, Optional.of(new GradientTapeTrainerNodeParameters()));
        final FileStoreFolder files = stores.create();
        final HostExecutionContext context = new HostExecutionContext(Progress.unwatched(), files);
        final Network network = GuideTask.network();
        this.inputs = new PortObject[] {
            new ModelPortObject(new Model(network, Weights.initial(network, 0), Provenance.of("bench"))),
            port(task.training(), context.createFileStore("training")),
            port(task.validation(), context.createFileStore("validation"))
        };
    }

    @Override
    public String name() {
        return "GradientTape Trainer";
    }

    @Override
    public Outcome train(final int epochs) {
        try {
            final PortObjectSpec[] specs =
                    Stream.of(inputs).map(PortObject::getSpec).toArray(PortObjectSpec[]::new);
            final PortObject[] outputs = node.execute(
                            inputs,
                            node.configure(specs).specs(),
                            new HostExecutionContext(Progress.unwatched(), stores.create()))
                    .objects();
            return outcome((BufferedDataTable) outputs[2], epochs);
        } catch (final InvalidSettingsException | CanceledExecutionException | NodeFailure failure) {
            throw new IllegalStateException("the node did not run", failure);
        }
    }

    @Override
    public void close() {
        try {
            stores.close();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What plugin.xml says where there is a registry. */
    static void declarePorts() {
        PortDeclarations.add(new PortDeclaration(
                "Model",
                0,
                ModelPortObject.class,
                new ModelPortObject.Serializer(),
                ModelPortObjectSpec.class,
                new ModelPortObjectSpec.Serializer()));
        PortDeclarations.add(new PortDeclaration(
                "Dataset",
                0,
                DatasetPortObject.class,
                new DatasetPortObject.Serializer(),
                DatasetPortObjectSpec.class,
                new DatasetPortObjectSpec.Serializer()));
    }

    private static Outcome outcome(final BufferedDataTable log, final int epochs) {
        if (log.size() != epochs) {
            throw new IllegalStateException("the node trained " + log.size() + " epochs, not " + epochs);
        }
        final int seconds = log.getDataTableSpec().findColumnIndex("Seconds");
        final int accuracy = log.getDataTableSpec().findColumnIndex("Validation accuracy");
        final List<Double> perEpoch = new ArrayList<>();
        double last = 0;
        try (CloseableRowIterator rows = log.iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                perEpoch.add(((DoubleValue) row.getCell(seconds)).getDoubleValue());
                last = ((DoubleValue) row.getCell(accuracy)).getDoubleValue();
            }
        }
        return new Outcome(perEpoch, last);
    }

    private static DatasetPortObject port(final Dataset dataset, final FileStore store) throws IOException {
        final Path folder = store.getFile().toPath();
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(dataset.folder())) {
            for (final Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return new DatasetPortObject(Dataset.open(folder), store);
    }
}
