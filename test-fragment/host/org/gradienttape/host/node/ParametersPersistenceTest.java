package org.gradienttape.host.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.host.node.AllTypesParameters.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.WidgetGroup;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.migration.Migrate;

/** The form on disk is that of files which KNIME 5.9.0 wrote: entry types, keys and structure, one line per entry. */
class ParametersPersistenceTest {

    /** The defaults of {@link AllTypesParameters}, as KNIME writes them. */
    private static final String ALL_TYPES = """
        <entry key="count" type="xint" value="3"/>
        <entry key="boxed" type="xint" value="4"/>
        <entry key="seed" type="xlong" value="5000000000"/>
        <entry key="rate" type="xdouble" value="NaN"/>
        <entry key="ratio" type="xfloat" value="0.5"/>
        <entry key="shuffle" type="xboolean" value="true"/>
        <entry key="small" type="xbyte" value="-7"/>
        <entry key="separator" type="xchar" value=";"/>
        <entry key="text" type="xstring" value="a &lt; b"/>
        <entry key="nothing" type="xstring" isnull="true" value=""/>
        <entry key="plainField" type="xstring" value="plain"/>
        <entry key="mode" type="xstring" value="EXACT_ONE"/>
        <entry key="limit" type="xint" value="20"/>
        <entry key="limit_is_present" type="xboolean" value="true"/>
        <entry key="noLimit" type="xint" value="0"/>
        <entry key="noLimit_is_present" type="xboolean" value="false"/>
        <entry key="noName" type="xstring" isnull="true" value=""/>
        <entry key="noName_is_present" type="xboolean" value="false"/>
        <entry key="noMode" type="xstring" isnull="true" value=""/>
        <entry key="noMode_is_present" type="xboolean" value="false"/>
        <config key="nested">
            <entry key="name" type="xstring" value="inner"/>
            <entry key="size" type="xint" value="8"/>
        </config>
        <config key="group">
            <entry key="deep" type="xboolean" value="true"/>
        </config>
        <config key="layers">
            <config key="0">
                <entry key="name" type="xstring" value="first"/>
                <entry key="size" type="xint" value="1"/>
            </config>
            <config key="1">
                <entry key="name" type="xstring" value="second"/>
                <entry key="size" type="xint" value="2"/>
            </config>
        </config>
        <config key="list">
            <config key="0">
                <entry key="name" type="xstring" value="only"/>
                <entry key="size" type="xint" value="9"/>
            </config>
        </config>
        <config key="none"/>
        <config key="strings">
            <entry key="array-size" type="xint" value="2"/>
            <entry key="0" type="xstring" value="x"/>
            <entry key="1" type="xstring" value="y"/>
        </config>
        <config key="ints">
            <entry key="array-size" type="xint" value="1"/>
            <entry key="0" type="xint" value="7"/>
        </config>
        <entry key="renamed" type="xint" value="11"/>
        <entry key="hidden_Internals" type="xint" value="12"/>
        <entry key="final" type="xint" value="13"/>
        """;

    @Test
    void defaultsAreWrittenAsKnimeWritesThem() throws IOException {
        final NodeSettings settings = new NodeSettings("model");

        ParametersPersistence.save(new AllTypesParameters(), settings);

        assertThat(Settings.lines(settings)).isEqualTo(ALL_TYPES);
    }

    @Test
    void everyKindOfValueIsRead() throws IOException, InvalidSettingsException {
        final String changed = ALL_TYPES
                .replace("value=\"3\"", "value=\"42\"")
                .replace("5000000000", "-1")
                .replace("NaN", "-Infinity")
                .replace("value=\"0.5\"", "value=\"0.25\"")
                .replace("value=\"-7\"", "value=\"127\"")
                .replace("value=\";\"", "value=\",\"")
                .replace("a &lt; b", "b &amp; c")
                .replace("EXACT_ONE", "FAST")
                .replace("value=\"20\"", "value=\"21\"")
                .replace("value=\"inner\"", "value=\"changed\"")
                .replace("value=\"second\"", "value=\"2nd\"")
                .replace("value=\"only\"", "value=\"lonely\"")
                .replace("value=\"11\"", "value=\"111\"")
                .replace("value=\"12\"", "value=\"112\"");

        final AllTypesParameters loaded = ParametersPersistence.load(AllTypesParameters.class, Settings.of(changed));

        assertThat(loaded.m_count).isEqualTo(42);
        assertThat(loaded.m_boxed).isEqualTo(4);
        assertThat(loaded.m_seed).isEqualTo(-1L);
        assertThat(loaded.m_rate).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(loaded.m_ratio).isEqualTo(0.25f);
        assertThat(loaded.m_small).isEqualTo((byte) 127);
        assertThat(loaded.m_separator).isEqualTo(',');
        assertThat(loaded.m_text).isEqualTo("b & c");
        assertThat(loaded.m_nothing).isNull();
        assertThat(loaded.m_mode).isEqualTo(Mode.FAST);
        assertThat(loaded.m_limit).contains(21);
        assertThat(loaded.m_noLimit).isEmpty();
        assertThat(loaded.m_noName).isEmpty();
        assertThat(loaded.m_noMode).isEmpty();
        assertThat(loaded.m_nested.m_name).isEqualTo("changed");
        assertThat(loaded.m_layers).extracting(layer -> layer.m_name).containsExactly("first", "2nd");
        assertThat(loaded.m_layers).isInstanceOf(AllTypesParameters.Inner[].class);
        assertThat(loaded.m_list).extracting(layer -> layer.m_name).containsExactly("lonely");
        assertThat(loaded.m_none).isEmpty();
        assertThat(loaded.m_strings).containsExactly("x", "y");
        assertThat(loaded.m_ints).containsExactly(7);
        assertThat(loaded.m_original).isEqualTo(111);
        assertThat(loaded.m_hidden).isEqualTo(112);
    }

    @Test
    void whatIsReadIsWrittenAgain() throws IOException, InvalidSettingsException {
        final NodeSettings again = new NodeSettings("model");

        ParametersPersistence.save(ParametersPersistence.load(AllTypesParameters.class, Settings.of(ALL_TYPES)), again);

        assertThat(Settings.lines(again)).isEqualTo(ALL_TYPES);
    }

    @Test
    void privateStaticAndTransientFieldsKeepTheirDefaults() throws IOException, InvalidSettingsException {
        final AllTypesParameters parameters = new AllTypesParameters();
        parameters.privateValue(99);
        final NodeSettings settings = new NodeSettings("model");

        ParametersPersistence.save(parameters, settings);

        assertThat(settings.keySet()).doesNotContain("private", "static", "transient", "message");
        assertThat(ParametersPersistence.load(AllTypesParameters.class, settings)
                        .privateValue())
                .isEqualTo(3);
    }

    /** The texts are those that KNIME's load errors showed, after "Loading model settings failed: ". */
    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                arguments("<entry key=\"count\" type=\"xint\" value=\"3\"/>", "", "Int for key \"count\" not found."),
                arguments("<entry key=\"count\"", "<entry key=\"m_count\"", "Int for key \"count\" not found."),
                arguments(
                        "key=\"seed\" type=\"xlong\" value=\"5000000000\"",
                        "key=\"seed\" type=\"xint\" value=\"5\"",
                        "Long for key \"seed\" not found."),
                arguments(
                        "key=\"rate\" type=\"xdouble\" value=\"NaN\"",
                        "key=\"rate\" type=\"xint\" value=\"1\"",
                        "Double for key \"rate\" not found."),
                arguments("<entry key=\"renamed\"", "<entry key=\"original\"", "Int for key \"renamed\" not found."),
                arguments("<config key=\"nested\">", "<config key=\"nest\">", "Config for key \"nested\" not found."),
                arguments("<config key=\"none\"/>", "", "Config for key \"none\" not found."),
                arguments("<config key=\"1\">", "<config key=\"2\">", "Config for key \"1\" not found."),
                arguments("<entry key=\"size\" type=\"xint\" value=\"9\"/>", "", "Int for key \"size\" not found."),
                arguments(
                        "value=\"EXACT_ONE\"",
                        "value=\"NOPE\"",
                        "Invalid value 'NOPE'. Possible values: FAST, EXACT_ONE"),
                arguments(
                        "value=\"EXACT_ONE\"",
                        "value=\"fast\"",
                        "Invalid value 'fast'. Possible values: FAST, EXACT_ONE"),
                arguments(
                        "type=\"xstring\" value=\"EXACT_ONE\"",
                        "type=\"xstring\" isnull=\"true\" value=\"\"",
                        "Invalid value 'null'. Possible values: FAST, EXACT_ONE"),
                arguments("<entry key=\"limit\" type=\"xint\" value=\"20\"/>", "", "Int for key \"limit\" not found."),
                arguments(
                        "<entry key=\"count\" type=\"xint\" value=\"3\"/>",
                        "<entry key=\"count\" type=\"xint\" value=\"0\"/>",
                        "The count must be at least 1, but is 0."));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void wrongSettingsAreRefused(final String right, final String wrong, final String message) throws IOException {
        final NodeSettings settings = Settings.of(ALL_TYPES.replace(right, wrong));

        assertThat(ALL_TYPES).contains(right);
        assertThatThrownBy(() -> ParametersPersistence.load(AllTypesParameters.class, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(message);
    }

    @Test
    void unknownEntriesAreIgnored() throws IOException, InvalidSettingsException {
        final NodeSettings settings = Settings.of(ALL_TYPES
                + "<entry key=\"unknown\" type=\"xint\" value=\"1\"/><config key=\"more\"/>"
                + "<entry key=\"m_count\" type=\"xint\" value=\"99\"/>");

        assertThat(ParametersPersistence.load(AllTypesParameters.class, settings).m_count)
                .isEqualTo(3);
    }

    @Test
    void arraySizeBesideGroupsIsTolerated() throws IOException, InvalidSettingsException {
        final NodeSettings settings = Settings.of(ALL_TYPES.replace(
                "<config key=\"layers\">",
                "<config key=\"layers\"><entry key=\"array-size\" type=\"xint\" value=\"2\"/>"));

        assertThat(ParametersPersistence.load(AllTypesParameters.class, settings).m_layers)
                .hasSize(2);
    }

    @Test
    void optionalWithoutItsSecondEntryIsPresent() throws IOException, InvalidSettingsException {
        final NodeSettings settings = Settings.of(
                ALL_TYPES.replace("<entry key=\"noLimit_is_present\" type=\"xboolean\" value=\"false\"/>", ""));

        assertThat(ParametersPersistence.load(AllTypesParameters.class, settings).m_noLimit)
                .contains(0);
    }

    @Test
    void absentOptionalNeedsNoValue() throws IOException, InvalidSettingsException {
        final NodeSettings settings = Settings.of(ALL_TYPES
                .replace("<entry key=\"limit\" type=\"xint\" value=\"20\"/>", "")
                .replace(
                        "key=\"limit_is_present\" type=\"xboolean\" value=\"true\"",
                        "key=\"limit_is_present\" type=\"xboolean\" value=\"false\""));

        assertThat(ParametersPersistence.load(AllTypesParameters.class, settings).m_limit)
                .isEmpty();
    }

    static final class Migrated implements NodeParameters {
        @Migrate(loadDefaultIfAbsent = true)
        int m_added = 17;

        @Migrate
        int m_old = 18;

        @Migrate(loadDefaultIfAbsent = true)
        Optional<Integer> m_limit = Optional.of(19);
    }

    @Test
    void fieldAddedLaterKeepsItsDefault() throws IOException, InvalidSettingsException {
        final NodeSettings settings = Settings.of("<entry key=\"old\" type=\"xint\" value=\"1\"/>");

        final Migrated loaded = ParametersPersistence.load(Migrated.class, settings);

        assertThat(loaded.m_old).isEqualTo(1);
        assertThat(loaded.m_added).isEqualTo(17);
        assertThat(loaded.m_limit).contains(19);
    }

    @Test
    void migrateAloneDoesNotForgiveAbsence() throws IOException {
        final NodeSettings settings = Settings.of("<entry key=\"added\" type=\"xint\" value=\"1\"/>");

        assertThatThrownBy(() -> ParametersPersistence.load(Migrated.class, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Int for key \"old\" not found.");
    }

    @LoadDefaultsForAbsentFields
    static final class Lenient implements NodeParameters {
        int m_count = 21;
        Strict m_nested = new Strict();
    }

    static final class Strict implements NodeParameters {
        int m_size = 22;
    }

    @Test
    void lenientClassLoadsFromNothing() throws IOException, InvalidSettingsException {
        final Lenient loaded = ParametersPersistence.load(Lenient.class, Settings.of(""));

        assertThat(loaded.m_count).isEqualTo(21);
        assertThat(loaded.m_nested.m_size).isEqualTo(22);
    }

    @Test
    void lenienceEndsAtTheClass() throws IOException {
        final NodeSettings settings = Settings.of("<config key=\"nested\"/>");

        assertThatThrownBy(() -> ParametersPersistence.load(Lenient.class, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Int for key \"size\" not found.");
    }

    static final class Extended extends AllTypesParameters {
        int m_extra = 31;
    }

    @Test
    void inheritedFieldsStandFirst() throws IOException {
        final NodeSettings settings = new NodeSettings("model");

        ParametersPersistence.save(new Extended(), settings);

        assertThat(Settings.lines(settings))
                .isEqualTo(ALL_TYPES + "<entry key=\"extra\" type=\"xint\" value=\"31\"/>\n");
    }

    static final class Broken implements NodeParameters {
        Optional<Integer> m_optional;
        Strict m_group = new Strict();
        Integer m_number = 1;
    }

    @Test
    void nullIsRefusedOnSave() {
        final NodeSettings settings = new NodeSettings("model");
        final Broken withoutGroup = new Broken();
        withoutGroup.m_optional = Optional.empty();
        withoutGroup.m_group = null;
        final Broken withoutNumber = new Broken();
        withoutNumber.m_optional = Optional.empty();
        withoutNumber.m_number = null;

        assertThatThrownBy(() -> ParametersPersistence.save(new Broken(), settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The field Broken.m_optional is null, which cannot be stored; use Optional.empty().");
        assertThatThrownBy(() -> ParametersPersistence.save(withoutGroup, settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The field Broken.m_group is null");
        assertThatThrownBy(() -> ParametersPersistence.save(withoutNumber, settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The field Broken.m_number is null");
    }

    static final class OnlyWidgets implements WidgetGroup {
        int m_size = 1;
    }

    static final class WithoutPersistence implements NodeParameters {
        OnlyWidgets m_group = new OnlyWidgets();
    }

    static final class ListOfText implements NodeParameters {
        List<String> m_texts = List.of();
    }

    @Test
    void fieldsThatKnimeCannotStoreAreRefused() {
        final NodeSettings settings = new NodeSettings("model");

        assertThatThrownBy(() -> ParametersPersistence.save(new WithoutPersistence(), settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The field WithoutPersistence.m_group has the type ");
        assertThatThrownBy(() -> ParametersPersistence.save(new ListOfText(), settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The field ListOfText.m_texts has the type java.util.List<java.lang.String>");
    }

    static final class NeedsArgument implements NodeParameters {
        int m_size;

        NeedsArgument(final int size) {
            m_size = size;
        }
    }

    @Test
    void constructorWithoutArgumentsIsNeeded() {
        assertThatThrownBy(() -> ParametersPersistence.defaults(NeedsArgument.class, new PortObjectSpec[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("NeedsArgument needs a constructor without arguments.");
    }

    static final class KnowsInputs implements NodeParameters {
        int m_inputs = -1;

        KnowsInputs() {}

        KnowsInputs(final NodeParametersInput input) {
            m_inputs = input.getInPortSpecs().length;
        }
    }

    @Test
    void defaultsMayDependOnTheInputs() throws InvalidSettingsException {
        assertThat(ParametersPersistence.defaults(KnowsInputs.class, new PortObjectSpec[2]).m_inputs)
                .isEqualTo(2);
        assertThat(ParametersPersistence.defaults(Strict.class, new PortObjectSpec[2]).m_size)
                .isEqualTo(22);
    }

    static final class InvalidByDefault implements NodeParameters {
        String m_file = "";

        @Override
        public void validate() throws InvalidSettingsException {
            if (m_file.isEmpty()) {
                throw new InvalidSettingsException("Choose a file.");
            }
        }
    }

    @Test
    void defaultsAreValidatedButReadingAloneIsNot() throws IOException, InvalidSettingsException {
        final NodeSettings settings = Settings.of("<entry key=\"file\" type=\"xstring\" value=\"\"/>");

        assertThatThrownBy(() -> ParametersPersistence.defaults(InvalidByDefault.class, new PortObjectSpec[0]))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Choose a file.");
        assertThat(ParametersPersistence.read(InvalidByDefault.class, settings).m_file)
                .isEmpty();
        assertThat(ParametersPersistence.create(InvalidByDefault.class, new PortObjectSpec[0]).m_file)
                .isEmpty();
    }
}
