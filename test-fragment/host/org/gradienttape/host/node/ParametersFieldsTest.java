package org.gradienttape.host.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.node.parameters.NodeParameters;

class ParametersFieldsTest {

    private final AllTypesParameters parameters = new AllTypesParameters();
    private final ParametersFields fields = ParametersFields.of(parameters);
    private final NodeSettings model = new NodeSettings("model");

    @BeforeEach
    void saveTheModel() {
        ParametersPersistence.save(parameters, model);
    }

    @Test
    void keysAreThoseOfTheSavedModel() {
        assertThat(fields.keys())
                .extracting(key -> key.path() + " " + key.type().word() + key.constants())
                .containsExactly(
                        "count int[]",
                        "boxed int[]",
                        "seed long[]",
                        "rate double[]",
                        "ratio float[]",
                        "shuffle boolean[]",
                        "small byte[]",
                        "separator char[]",
                        "text String[]",
                        "nothing String[]",
                        "plainField String[]",
                        "mode String[FAST, EXACT_ONE]",
                        "limit int[]",
                        "limit_is_present boolean[]",
                        "noLimit int[]",
                        "noLimit_is_present boolean[]",
                        "noName String[]",
                        "noName_is_present boolean[]",
                        "noMode String[FAST, EXACT_ONE]",
                        "noMode_is_present boolean[]",
                        "nested/name String[]",
                        "nested/size int[]",
                        "group/deep boolean[]",
                        "layers/0/name String[]",
                        "layers/0/size int[]",
                        "layers/1/name String[]",
                        "layers/1/size int[]",
                        "list/0/name String[]",
                        "list/0/size int[]",
                        "strings/0 String[]",
                        "strings/1 String[]",
                        "ints/0 int[]",
                        "renamed int[]",
                        "hidden_Internals int[]",
                        "final int[]");
    }

    @Test
    void optionsOfEveryTypeReachTheParameters() throws InvalidSettingsException {
        fields.set(model, "count", "int", "20");
        fields.set(model, "seed", "long", "-9000000000");
        fields.set(model, "rate", "double", "1e-3");
        fields.set(model, "ratio", "float", "0.75");
        fields.set(model, "shuffle", "boolean", "false");
        fields.set(model, "small", "byte", "5");
        fields.set(model, "separator", "char", "|");
        fields.set(model, "text", "String", "a,b, c");
        fields.set(model, "mode", "String", "FAST");
        fields.set(model, "noLimit_is_present", "boolean", "true");
        fields.set(model, "noLimit", "int", "6");
        fields.set(model, "nested/size", "int", "64");
        fields.set(model, "layers/1/size", "int", "128");
        fields.set(model, "strings/1", "String", "z");
        fields.set(model, "renamed", "int", "12");

        final AllTypesParameters changed = ParametersPersistence.load(AllTypesParameters.class, model);

        assertThat(changed.m_count).isEqualTo(20);
        assertThat(changed.m_seed).isEqualTo(-9_000_000_000L);
        assertThat(changed.m_rate).isEqualTo(0.001);
        assertThat(changed.m_ratio).isEqualTo(0.75f);
        assertThat(changed.m_shuffle).isFalse();
        assertThat(changed.m_small).isEqualTo((byte) 5);
        assertThat(changed.m_separator).isEqualTo('|');
        assertThat(changed.m_text).isEqualTo("a,b, c");
        assertThat(changed.m_mode).isEqualTo(AllTypesParameters.Mode.FAST);
        assertThat(changed.m_noLimit).contains(6);
        assertThat(changed.m_nested.m_size).isEqualTo(64);
        assertThat(changed.m_layers[0].m_size).isEqualTo(1);
        assertThat(changed.m_layers[1].m_size).isEqualTo(128);
        assertThat(changed.m_strings).containsExactly("x", "z");
        assertThat(changed.m_original).isEqualTo(12);
    }

    @Test
    void floatWordWritesDouble() throws InvalidSettingsException {
        fields.set(model, "rate", "float", "0.25");

        assertThat(model.getDouble("rate")).isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        count | String | 20 | The setting "count" is of type int, but the type String was given.
        seed | int | 20 | The setting "seed" is of type long, but the type int was given.
        count|int|abc|The setting "count" takes a whole number from -2147483648 to 2147483647, but "abc" was given.
        count|int|2.5|The setting "count" takes a whole number from -2147483648 to 2147483647, but "2.5" was given.
        rate | double | much | The setting "rate" takes a number, but "much" was given.
        shuffle | boolean | yes | The setting "shuffle" takes true or false, but "yes" was given.
        separator | char | ab | The setting "separator" takes one character, but "ab" was given.
        mode | String | fast | The setting "mode" takes one of FAST, EXACT_ONE, but "fast" was given.
        nested/size | long | 1 | The setting "nested/size" is of type int, but the type long was given.
        """)
    void wrongOptionsAreRefusedInOneSentence(
            final String path, final String word, final String text, final String message) throws IOException {
        final String before = Settings.lines(model);

        assertThatThrownBy(() -> fields.set(model, path, word, text))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(message);
        assertThat(Settings.lines(model)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"m_count", "Count", "layers/2/size", "layers", "private", "nested", "message"})
    void unknownKeyNamesThoseThatExist(final String path) {
        assertThatThrownBy(() -> fields.set(model, path, "int", "1"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("The node has no setting \"" + path + "\"; it has count, boxed, seed, ");
    }

    @Test
    void nodeWithoutSettingsSaysSo() {
        final NodeParameters none = new NodeParameters() {};

        assertThatThrownBy(() -> ParametersFields.of(none).set(model, "count", "int", "1"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The node has no settings, but \"count\" was given.");
    }

    @Test
    void keyOfMissingConfigIsRefused() {
        final SettableKey key = new SettableKey("nested/size", EntryType.INT, List.of());

        assertThatThrownBy(() -> key.write(new NodeSettings("model"), "1"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Config for key \"nested\" not found.");
    }
}
