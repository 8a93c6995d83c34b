package org.gradienttape.host.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

/** The conversions are those of KNIME's VariableType: into text always, into wider numbers, not into narrower ones. */
class FlowVariableTest {

    private static final FlowVariable INTEGER = new FlowVariable("i", VariableType.INTEGER, 300);
    private static final FlowVariable LONG = new FlowVariable("l", VariableType.LONG, 5_000_000_000L);
    private static final FlowVariable DOUBLE = new FlowVariable("d", VariableType.DOUBLE, 0.25);
    private static final FlowVariable TEXT = new FlowVariable("s", VariableType.STRING, "true");
    private static final FlowVariable BOOLEAN = new FlowVariable("b", VariableType.BOOLEAN, false);

    @Test
    void aVariableIsReadAsItWasWritten() throws InvalidSettingsException {
        for (final FlowVariable variable : new FlowVariable[] {INTEGER, LONG, DOUBLE, TEXT, BOOLEAN}) {
            final NodeSettings settings = new NodeSettings("Var_0");
            variable.save(settings);

            assertThat(settings.getString("class")).isEqualTo(variable.type().name());
            assertThat(FlowVariable.load(settings)).isEqualTo(variable);
        }
    }

    @Test
    void anUnknownTypeIsRefused() {
        final NodeSettings settings = new NodeSettings("Var_0");
        settings.addString("name", "path");
        settings.addString("class", "FSLocation");

        assertThatThrownBy(() -> FlowVariable.load(settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("path has the unknown type \"FSLocation\"");
    }

    @Test
    void integersBecomeAnyNumberThatHoldsThem() throws InvalidSettingsException {
        assertThat(INTEGER.as(SettingType.INT)).isEqualTo(300);
        assertThat(INTEGER.as(SettingType.SHORT)).isEqualTo((short) 300);
        assertThat(INTEGER.as(SettingType.LONG)).isEqualTo(300L);
        assertThat(INTEGER.as(SettingType.DOUBLE)).isEqualTo(300.0);
        assertThat(INTEGER.as(SettingType.FLOAT)).isEqualTo(300.0f);
        assertThat(INTEGER.as(SettingType.STRING)).isEqualTo("300");
        assertThat(LONG.as(SettingType.LONG)).isEqualTo(5_000_000_000L);
        assertThat(LONG.as(SettingType.DOUBLE)).isEqualTo(5e9);
        assertThatThrownBy(() -> INTEGER.as(SettingType.BYTE))
                .hasMessage("The flow variable i holds 300 (INTEGER), but the setting needs a whole number from -128 to"
                        + " 127 (byte).");
        assertThatThrownBy(() -> LONG.as(SettingType.INT)).isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void doublesBecomeNoWholeNumbers() throws InvalidSettingsException {
        assertThat(DOUBLE.as(SettingType.DOUBLE)).isEqualTo(0.25);
        assertThat(DOUBLE.as(SettingType.FLOAT)).isEqualTo(0.25f);
        assertThat(DOUBLE.as(SettingType.STRING)).isEqualTo("0.25");
        assertThatThrownBy(() -> DOUBLE.as(SettingType.INT)).isInstanceOf(InvalidSettingsException.class);
        assertThatThrownBy(() -> DOUBLE.as(SettingType.LONG)).isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void textsBecomeBooleansAndCharactersOnly() throws InvalidSettingsException {
        assertThat(TEXT.as(SettingType.STRING)).isEqualTo("true");
        assertThat(TEXT.as(SettingType.BOOLEAN)).isEqualTo(true);
        assertThat(new FlowVariable("c", VariableType.STRING, "x").as(SettingType.CHAR))
                .isEqualTo('x');
        assertThatThrownBy(() -> TEXT.as(SettingType.CHAR)).isInstanceOf(InvalidSettingsException.class);
        assertThatThrownBy(() -> new FlowVariable("n", VariableType.STRING, "7").as(SettingType.INT))
                .isInstanceOf(InvalidSettingsException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = SettingType.class,
            names = {"STRING", "BOOLEAN"},
            mode = EnumSource.Mode.EXCLUDE)
    void booleansBecomeTextsOnly(final SettingType target) throws InvalidSettingsException {
        assertThat(BOOLEAN.as(SettingType.BOOLEAN)).isEqualTo(false);
        assertThat(BOOLEAN.as(SettingType.STRING)).isEqualTo("false");
        assertThatThrownBy(() -> BOOLEAN.as(target)).isInstanceOf(InvalidSettingsException.class);
    }
}
