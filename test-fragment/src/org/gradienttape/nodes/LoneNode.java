package org.gradienttape.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.api.execution.ProgressListener;
import org.gradienttape.host.api.location.NodePlace;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.node.NodeView;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.node.Executed;
import org.gradienttape.host.node.NodePorts;
import org.gradienttape.host.node.NodeRun;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.port.PortObjectCopy;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/** A node without a workflow. Its inputs are copied through their serializers before it runs, as in a workflow. */
public final class LoneNode {
    private final NodeDeclaration declaration;
    private final NodeParameters parameters;
    private final NodePorts ports;
    private final Progress progress;
    private final Optional<NodePlace> place;

    private LoneNode(
            final NodeDeclaration declaration,
            final NodeParameters parameters,
            final NodePorts ports,
            final Progress progress,
            final Optional<NodePlace> place) {
        this.declaration = declaration;
        this.parameters = parameters;
        this.ports = ports;
        this.progress = progress;
        this.place = place;
    }

    public static LoneNode of(final DefaultNodeFactory factory, final NodeParameters parameters) {
        final NodeDeclaration declaration = NodeDeclaration.of(factory);
        return new LoneNode(
                declaration, parameters, NodePorts.fixed(declaration), Progress.unwatched(), Optional.empty());
    }

    /** The same node with an optional port in use, or one port more of a group that can be extended. */
    public LoneNode with(final String port, final PortType type) {
        return new LoneNode(declaration, parameters, ports.with(port, type), progress, place);
    }

    /** The same node with somebody who watches its progress. */
    public LoneNode watchedBy(final ProgressListener listener) {
        return new LoneNode(declaration, parameters, ports, new Progress(listener), place);
    }

    /** The same node as if it were in the workflow of this folder. */
    public LoneNode in(final Path workflow) {
        final NodePlace inside = new NodePlace(workflow, workflow.resolve("Node (#1)"), 1, Optional.empty());
        return new LoneNode(declaration, parameters, ports, progress, Optional.of(inside));
    }

    /** The same node as if it had this number in a workflow. */
    public LoneNode numbered(final int number) {
        final Path workflow = Path.of("workflow");
        final NodePlace inside = new NodePlace(workflow, workflow.resolve("Node"), number, Optional.empty());
        return new LoneNode(declaration, parameters, ports, progress, Optional.of(inside));
    }

    public void cancel() {
        progress.setExecuteCanceled();
    }

    public PortObjectSpec[] configure(final PortObjectSpec... inputs) throws InvalidSettingsException, NodeFailure {
        place.ifPresent(NodePlace::enter);
        try {
            return run().configure(inputs).specs();
        } finally {
            NodePlace.leave();
        }
    }

    /** Executes; the files of the outputs live as long as the stores. */
    public PortObject[] execute(final FileStores stores, final PortObject... inputs)
            throws IOException, InvalidSettingsException, CanceledExecutionException, NodeFailure {
        final PortObject[] outputs = executed(stores, inputs).objects();
        for (final PortObject output : outputs) {
            PortObjectCopy.flush(output);
        }
        return outputs;
    }

    /** Executes and returns the warning that the node sets. */
    public Optional<String> warning(final FileStores stores, final PortObject... inputs)
            throws IOException, InvalidSettingsException, CanceledExecutionException, NodeFailure {
        return executed(stores, inputs).warning();
    }

    /** Executes and returns the view as a file with its data in it, as the headless runner writes it. */
    public String view(final FileStores stores, final PortObject... inputs)
            throws IOException, InvalidSettingsException, CanceledExecutionException, NodeFailure {
        final NodeView view = declaration.behaviour().view().orElseThrow();
        final String json = view.json(executed(stores, inputs).internal());
        return view.html()
                .replace(
                        "</head>",
                        "<script type=\"application/json\" id=\"initial-data\">" + json.replace("<", "\\u003c")
                                + "</script></head>");
    }

    private Executed executed(final FileStores stores, final PortObject... inputs)
            throws IOException, InvalidSettingsException, CanceledExecutionException, NodeFailure {
        final PortObject[] copies = new PortObject[inputs.length];
        final PortObjectSpec[] specs = new PortObjectSpec[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            copies[i] = PortObjectCopy.of(inputs[i], new ExecutionMonitor());
            specs[i] = copies[i].getSpec();
        }
        final PortObjectSpec[] configured = configure(specs);
        place.ifPresent(NodePlace::enter);
        try {
            return run().execute(copies, configured, new HostExecutionContext(progress, stores.create()));
        } finally {
            NodePlace.leave();
        }
    }

    private NodeRun run() {
        return new NodeRun(declaration, ports, Optional.of(parameters));
    }
}
