package org.gradienttape.host.workflow;

import java.util.List;
import java.util.Optional;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.node.NodeView;
import org.gradienttape.host.node.Configured;
import org.gradienttape.host.node.Executed;
import org.gradienttape.host.node.NodePorts;
import org.gradienttape.host.node.NodeRun;
import org.gradienttape.host.node.ParametersFields;
import org.gradienttape.host.node.ParametersPersistence;
import org.gradienttape.host.node.Port;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParameters;

/** A node that is declared by a DefaultNode. */
final class DeclaredNode implements NodeBody {

    private static final String PORTS = "node_creation_config";

    private final NodeDeclaration declaration;
    private final NodePorts ports;
    private final Optional<Class<? extends NodeParameters>> parametersClass;

    /** Empty until settings are loaded, or defaults are asked for. */
    private Optional<NodeParameters> parameters = Optional.empty();

    private boolean defaults = true;

    private DeclaredNode(final NodeDeclaration declaration, final NodePorts ports) {
        this.declaration = declaration;
        this.ports = ports;
        this.parametersClass = declaration.behaviour().parametersClass();
    }

    /** Makes the node with the ports that its file switches on. */
    static DeclaredNode of(final NodeDeclaration declaration, final NodeSettingsRO nodeFile)
            throws InvalidSettingsException {
        final NodePorts ports = nodeFile.containsKey(PORTS)
                ? NodePorts.load(declaration, nodeFile.getNodeSettings(PORTS))
                : NodePorts.fixed(declaration);
        return new DeclaredNode(declaration, ports);
    }

    @Override
    public List<PortType> inputs() {
        return ports.inputs().stream().map(Port::type).toList();
    }

    @Override
    public List<PortType> outputs() {
        return ports.outputs().stream().map(Port::type).toList();
    }

    @Override
    public Optional<NodeView> view() {
        return declaration.behaviour().view();
    }

    @Override
    public void load(final NodeSettingsRO model) throws InvalidSettingsException {
        if (parametersClass.isPresent()) {
            parameters = Optional.of(ParametersPersistence.read(parametersClass.get(), model));
            defaults = false;
        }
    }

    @Override
    public void validate() throws InvalidSettingsException {
        if (parameters.isPresent()) {
            try {
                parameters.get().validate();
            } catch (final RuntimeException e) { // a text may be null, and the node's code is the plug-in's
                throw new InvalidSettingsException("The node's own check of its settings fails: " + e, e);
            }
        }
    }

    @Override
    public NodeSettings model() throws InvalidSettingsException {
        ensureParameters(new PortObjectSpec[ports.inputs().size()]);
        final NodeSettings model = new NodeSettings("model");
        parameters.ifPresent(known -> ParametersPersistence.save(known, model));
        return model;
    }

    @Override
    public void change(final NodeSettings model, final String key, final SettingType entry, final String text)
            throws InvalidSettingsException {
        ensureParameters(new PortObjectSpec[ports.inputs().size()]);
        if (parameters.isEmpty()) {
            throw new InvalidSettingsException("The node has no settings, so there is no setting " + key + ".");
        }
        ParametersFields.of(parameters.get()).set(model, key, entry.word(), text);
    }

    @Override
    public void savePorts(final NodeSettingsWO nodeFile) {
        ports.save(nodeFile.addNodeSettings(PORTS));
    }

    @Override
    public Configured configure(final PortObjectSpec[] inputs) throws InvalidSettingsException, NodeFailure {
        if (defaults) {
            parameters = Optional.empty();
        }
        ensureParameters(inputs);
        return run().configure(inputs);
    }

    @Override
    public Executed execute(final PortObject[] inputs, final PortObjectSpec[] specs, final ExecutionContext context)
            throws NodeFailure, CanceledExecutionException {
        return run().execute(inputs, specs, context);
    }

    private NodeRun run() {
        return new NodeRun(declaration, ports, parameters);
    }

    private void ensureParameters(final PortObjectSpec[] inputs) throws InvalidSettingsException {
        if (parametersClass.isPresent() && parameters.isEmpty()) {
            parameters = Optional.of(ParametersPersistence.defaults(parametersClass.get(), inputs));
        }
    }
}
