package org.gradienttape.host.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/**
 * Which settings of a node are taken from flow variables, and which are given on as flow variables: the
 * <code>variables</code> tree of a node's file. It mirrors the settings; a leaf names a used and an exposed variable.
 */
public final class VariableMask {

    private static final String USED = "used_variable";
    private static final String EXPOSED = "exposed_variable";

    private final NodeSettingsRO tree;

    private VariableMask(final NodeSettingsRO tree) {
        this.tree = tree;
    }

    /** Reads the mask from a node's file; a file without one overrides nothing. */
    static VariableMask of(final NodeSettingsRO nodeFile) throws InvalidSettingsException {
        if (!nodeFile.containsKey("variables")) {
            return new VariableMask(new NodeSettings("variables"));
        }
        final NodeSettingsRO variables = nodeFile.getNodeSettings("variables");
        return new VariableMask(variables.containsKey("tree") ? variables.getNodeSettings("tree") : variables);
    }

    /** Says whether any setting is taken from or given on as a variable. */
    public boolean isEmpty() {
        return tree.keySet().isEmpty();
    }

    /** Puts the variables' values into the settings and returns the variables that the node exposes. */
    List<FlowVariable> apply(final NodeSettings settings, final Map<String, FlowVariable> variables)
            throws InvalidSettingsException {
        final List<FlowVariable> exposed = new ArrayList<>();
        apply(tree, settings, variables, exposed);
        return exposed;
    }

    private static void apply(
            final NodeSettingsRO mask,
            final NodeSettings settings,
            final Map<String, FlowVariable> variables,
            final List<FlowVariable> exposed)
            throws InvalidSettingsException {
        for (final String key : mask.keySet()) {
            if (SettingType.of(mask, key).isPresent()) {
                continue;
            }
            final NodeSettingsRO child = mask.getNodeSettings(key);
            final Optional<SettingType> type = SettingType.of(settings, key);
            if (type.isPresent()) {
                override(child, settings, key, type.get(), variables).ifPresent(exposed::add);
            } else if (child.getString(USED, null) != null) {
                throw new InvalidSettingsException("The setting " + key + " is missing or holds several values, and"
                        + " cannot be taken from the flow variable \"" + child.getString(USED, null) + "\".");
            } else if (settings.containsKey(key)) {
                apply(child, settings.getNodeSettings(key), variables, exposed);
            }
        }
    }

    private static Optional<FlowVariable> override(
            final NodeSettingsRO leaf,
            final NodeSettings settings,
            final String key,
            final SettingType type,
            final Map<String, FlowVariable> variables)
            throws InvalidSettingsException {
        final String used = leaf.getString(USED, null);
        if (used != null) {
            final FlowVariable variable = variables.get(used);
            if (variable == null) {
                throw new InvalidSettingsException("The setting " + key + " is taken from the flow variable \"" + used
                        + "\", but no such variable reaches the node.");
            }
            type.write(settings, key, variable.as(type));
        }
        final String name = leaf.getString(EXPOSED, null);
        if (name == null) {
            return Optional.empty();
        }
        return Optional.of(expose(name, type, type.read(settings, key)));
    }

    private static FlowVariable expose(final String name, final SettingType entry, final Object value)
            throws InvalidSettingsException {
        if (value == null) {
            throw new InvalidSettingsException(
                    "The flow variable \"" + name + "\" cannot be made of an empty setting.");
        }
        final VariableType type = VariableType.holding(entry);
        final Object held =
                switch (type) {
                    case STRING -> value.toString();
                    case INTEGER -> ((Number) value).intValue();
                    case DOUBLE -> ((Number) value).doubleValue();
                    case LONG, BOOLEAN -> value;
                };
        return new FlowVariable(name, type, held);
    }
}
