package org.gradienttape.host.node;

import java.util.Objects;
import java.util.Optional;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeFailure;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParameters;

/**
 * Calls the configure and execute functions of a node and checks what goes in and comes out, as KNIME does.
 *
 * @param declaration the node
 * @param ports       the ports that exist
 * @param parameters  its parameters; empty for a node that has nothing to set
 */
public record NodeRun(NodeDeclaration declaration, NodePorts ports, Optional<NodeParameters> parameters) {

    /** KNIME shows the class of an exception whose message is shorter than this many characters. */
    private static final int SHORTEST_MESSAGE = 5;

    public NodeRun {
        Objects.requireNonNull(declaration, "declaration");
        Objects.requireNonNull(ports, "ports");
        if (parameters.isPresent() != declaration.behaviour().parametersClass().isPresent()) {
            throw new IllegalArgumentException("The node \"" + declaration.name()
                    + (parameters.isPresent() ? "\" has no parameters, but some were given." : "\" needs parameters."));
        }
    }

    /**
     * Computes the specs of the outputs.
     *
     * @param inSpecs one element per existing input port; null where not known
     * @throws InvalidSettingsException if the node refuses its settings or inputs; it then stays unconfigured
     * @throws NodeFailure              if the node's function failed in another way
     */
    public Configured configure(final PortObjectSpec[] inSpecs) throws InvalidSettingsException, NodeFailure {
        final ConfigureCall call =
                new ConfigureCall(parameters, checked(inSpecs), ports.outputs().size());
        try {
            declaration.behaviour().configure().accept(call, call);
        } catch (final RuntimeException | Error e) {
            throw new NodeFailure("Configure failed (" + e.getClass().getSimpleName() + "): " + e.getMessage(), e);
        }
        return new Configured(call.outSpecs(), call.warning());
    }

    private PortObjectSpec[] checked(final PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        requireInputs(inSpecs.length);
        final PortObjectSpec[] specs = inSpecs.clone();
        for (int i = 0; i < specs.length; i++) {
            final Port port = ports.inputs().get(i);
            if (specs[i] == null && port.type().equals(BufferedDataTable.TYPE)) {
                specs[i] = new DataTableSpec();
            }
            final Class<? extends PortObjectSpec> expected = port.type().getPortObjectSpecClass();
            if (specs[i] != null && !expected.isInstance(specs[i])) {
                throw new InvalidSettingsException("Input " + (i + 1) + " (\"" + port.name() + "\") takes "
                        + expected.getSimpleName() + ", but "
                        + specs[i].getClass().getSimpleName()
                        + " is connected.");
            }
        }
        return specs;
    }

    /**
     * Computes the outputs.
     *
     * @param inObjects       one element per existing input port
     * @param configuredSpecs the output specs of the last configure, for comparison; null where not known
     * @throws CanceledExecutionException if it was cancelled, whatever else the node threw then
     * @throws NodeFailure                if the node failed or returned what its ports do not allow
     */
    public Executed execute(
            final PortObject[] inObjects, final PortObjectSpec[] configuredSpecs, final ExecutionContext exec)
            throws CanceledExecutionException, NodeFailure {
        requireInputs(inObjects.length);
        requireInputTypes(inObjects);
        final ExecuteCall call = new ExecuteCall(
                parameters, inObjects.clone(), exec, ports.outputs().size());
        try {
            declaration.behaviour().execute().accept(call, call);
            exec.checkCanceled();
            requireOutputs(call.outObjects());
        } catch (final KNIMEException e) {
            exec.checkCanceled();
            throw new NodeFailure(e.getMessage(), e);
        } catch (final RuntimeException | Error e) {
            exec.checkCanceled();
            throw new NodeFailure("Execute failed: " + described(e), e);
        }
        return new Executed(
                call.outObjects(),
                call.internalObjects(),
                call.warning().or(() -> OutputWarning.of(call.outObjects(), configuredSpecs)));
    }

    private static String described(final Throwable thrown) {
        final String message = thrown.getMessage();
        if (message != null && message.length() >= SHORTEST_MESSAGE) {
            return message;
        }
        return "(\"" + thrown.getClass().getSimpleName() + "\"): " + message;
    }

    private void requireInputs(final int count) {
        final int expected = ports.inputs().size();
        if (count != expected) {
            throw new IllegalArgumentException("The node \"" + declaration.name() + "\" has " + expected
                    + " inputs, but " + count + " were given.");
        }
    }

    private void requireInputTypes(final PortObject[] inObjects) throws NodeFailure {
        for (int i = 0; i < inObjects.length; i++) {
            final Port port = ports.inputs().get(i);
            if (!port.type().getPortObjectClass().isInstance(inObjects[i])) {
                throw new NodeFailure("Execute failed: input " + (i + 1) + " (\"" + port.name() + "\") "
                        + mismatch("takes", port.type(), inObjects[i]));
            }
        }
    }

    private void requireOutputs(final PortObject[] outputs) throws NodeFailure {
        for (int i = 0; i < outputs.length; i++) {
            final Port port = ports.outputs().get(i);
            final String where =
                    "Execute failed: Incorrect implementation; output " + (i + 1) + " (\"" + port.name() + "\") ";
            if (!port.type().getPortObjectClass().isInstance(outputs[i])) {
                throw new NodeFailure(where + mismatch("must be", port.type(), outputs[i]));
            }
            if (outputs[i].getSpec() == null) {
                throw new NodeFailure(where + "has no spec.");
            }
        }
    }

    private static String mismatch(final String verb, final PortType type, final PortObject found) {
        return verb + " " + type.getPortObjectClass().getSimpleName() + ", but "
                + (found == null ? "nothing was set." : "is " + found.getClass().getSimpleName() + ".");
    }
}
