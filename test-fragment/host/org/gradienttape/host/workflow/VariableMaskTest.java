package org.gradienttape.host.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsWO;

class VariableMaskTest {

    private static final Map<String, FlowVariable> VARIABLES = Map.of(
            "epochs", new FlowVariable("epochs", VariableType.INTEGER, 5),
            "optimizer", new FlowVariable("optimizer", VariableType.STRING, "ADAM"));

    private final NodeSettings file = new NodeSettings("settings.xml");
    private final NodeSettings model = new NodeSettings("model");
    private NodeSettingsWO tree;

    @BeforeEach
    void settings() {
        final NodeSettingsWO variables = file.addNodeSettings("variables");
        variables.addString("version", "V_2019_09_13");
        tree = variables.addNodeSettings("tree");
        model.addInt("epochs", 2);
        final NodeSettingsWO optimizer = model.addNodeSettings("optimizer");
        optimizer.addString("kind", "SGD");
        optimizer.addDouble("rate", 0.001);
        model.addStringArray("metrics", "accuracy");
    }

    @Test
    void aFileWithoutTheTreeOverridesNothing() throws InvalidSettingsException {
        final VariableMask mask = VariableMask.of(new NodeSettings("settings.xml"));

        assertThat(mask.isEmpty()).isTrue();
        assertThat(mask.apply(model, Map.of())).isEmpty();
    }

    @Test
    void usedVariablesReplaceSettingsAtAnyDepth() throws InvalidSettingsException {
        leaf(tree, "epochs", "epochs", null);
        leaf(tree.addNodeSettings("optimizer"), "kind", "optimizer", null);

        assertThat(VariableMask.of(file).apply(model, VARIABLES)).isEmpty();

        assertThat(model.getInt("epochs")).isEqualTo(5);
        assertThat(model.getNodeSettings("optimizer").getString("kind")).isEqualTo("ADAM");
        assertThat(model.getNodeSettings("optimizer").getDouble("rate")).isEqualTo(0.001);
    }

    @Test
    void exposedSettingsBecomeVariablesWithTheirOverriddenValue() throws InvalidSettingsException {
        leaf(tree, "epochs", "epochs", "epochs_used");
        leaf(tree.addNodeSettings("optimizer"), "rate", null, "rate");

        assertThat(VariableMask.of(file).apply(model, VARIABLES))
                .containsExactly(
                        new FlowVariable("epochs_used", VariableType.INTEGER, 5),
                        new FlowVariable("rate", VariableType.DOUBLE, 0.001));
    }

    @Test
    void aMissingVariableIsNamed() {
        leaf(tree, "epochs", "unknown", null);

        assertThatThrownBy(() -> VariableMask.of(file).apply(model, VARIABLES))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The setting epochs is taken from the flow variable \"unknown\"");
    }

    @Test
    void aVariableOfTheWrongTypeIsRefused() {
        leaf(tree, "epochs", "optimizer", null);

        assertThatThrownBy(() -> VariableMask.of(file).apply(model, VARIABLES))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The flow variable optimizer holds ADAM (STRING)");
    }

    @Test
    void aListCannotBeReplaced() {
        leaf(tree, "metrics", "optimizer", null);

        assertThatThrownBy(() -> VariableMask.of(file).apply(model, VARIABLES))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The setting metrics is missing or holds several values");
    }

    private static void leaf(final NodeSettingsWO parent, final String key, final String used, final String exposed) {
        final NodeSettingsWO leaf = parent.addNodeSettings(key);
        leaf.addString("used_variable", used);
        leaf.addString("exposed_variable", exposed);
    }
}
