package org.gradienttape.testflows;

import java.util.Optional;
import org.gradienttape.host.api.node.NodeView;
import org.gradienttape.host.workflow.NodeBody;
import org.gradienttape.host.workflow.SettingType;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** A stand-in for a node of KNIME: it reads KNIME's settings as strictly as KNIME does, and has no view. */
abstract class KnimeNode implements NodeBody {
    private NodeSettings settings = new NodeSettings("model");

    /** Reads the settings. */
    abstract void read(NodeSettingsRO model) throws InvalidSettingsException;

    @Override
    public final void load(final NodeSettingsRO model) throws InvalidSettingsException {
        read(model);
        settings = new NodeSettings("model");
        ((NodeSettings) model).copyTo(settings);
    }

    @Override
    public final void validate() {}

    @Override
    public final NodeSettings model() {
        return settings;
    }

    @Override
    public final void change(final NodeSettings model, final String key, final SettingType entry, final String text)
            throws InvalidSettingsException {
        throw new InvalidSettingsException("The settings of KNIME's own nodes are not changed here.");
    }

    @Override
    public final Optional<NodeView> view() {
        return Optional.empty();
    }

    @Override
    public final void savePorts(final NodeSettingsWO nodeFile) {}
}
