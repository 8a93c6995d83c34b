package org.gradienttape.host.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;

/** The form on disk, and what each mode chooses, are those of KNIME 5.8 and 5.9. */
class ColumnFilterTest {

    private static final DataTableSpec SPEC = new DataTableSpec(
            column("Alpha", StringCell.TYPE), column("beta", IntCell.TYPE), column("b.ta", DoubleCell.TYPE));

    /** "Alpha" and "gone" chosen, "beta" left out. */
    private static final String FILTER = """
        <config key="columns">
            <entry key="mode" type="xstring" value="MANUAL"/>
            <config key="patternFilter">
                <entry key="pattern" type="xstring" value="P"/>
                <entry key="isCaseSensitive" type="xboolean" value="false"/>
                <entry key="isInverted" type="xboolean" value="false"/>
            </config>
            <config key="manualFilter">
                <config key="manuallySelected">
                    <entry key="array-size" type="xint" value="2"/>
                    <entry key="0" type="xstring" value="Alpha"/>
                    <entry key="1" type="xstring" value="gone"/>
                </config>
                <config key="manuallyDeselected">
                    <entry key="array-size" type="xint" value="1"/>
                    <entry key="0" type="xstring" value="beta"/>
                </config>
                <entry key="includeUnknownColumns" type="xboolean" value="false"/>
            </config>
            <config key="typeFilter">
                <config key="selectedTypes">
                    <entry key="array-size" type="xint" value="2"/>
                    <entry key="0" type="xstring" value="org.knime.core.data.IntValue"/>
                    <entry key="1" type="xstring" value="org.knime.core.data.StringValue"/>
                </config>
            </config>
        </config>
        """;

    static final class Parameters implements NodeParameters {
        ColumnFilter m_columns = new ColumnFilter();
    }

    private static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    private static ColumnFilter filter(final String lines) throws IOException, InvalidSettingsException {
        return ParametersPersistence.load(Parameters.class, Settings.of(lines)).m_columns;
    }

    private static ColumnFilter filter(final String mode, final String pattern)
            throws IOException, InvalidSettingsException {
        return filter(FILTER.replace("MANUAL", mode).replace("value=\"P\"", "value=\"" + pattern + "\""));
    }

    @Test
    void theDefaultIsWrittenAsKnimeWritesIt() throws IOException {
        final NodeSettings settings = new NodeSettings("model");

        ParametersPersistence.save(new Parameters(), settings);

        assertThat(Settings.lines(settings)).isEqualTo("""
        <config key="columns">
            <entry key="mode" type="xstring" value="MANUAL"/>
            <config key="patternFilter">
                <entry key="pattern" type="xstring" value=""/>
                <entry key="isCaseSensitive" type="xboolean" value="false"/>
                <entry key="isInverted" type="xboolean" value="false"/>
            </config>
            <config key="manualFilter">
                <config key="manuallySelected">
                    <entry key="array-size" type="xint" value="0"/>
                </config>
                <config key="manuallyDeselected">
                    <entry key="array-size" type="xint" value="0"/>
                </config>
                <entry key="includeUnknownColumns" type="xboolean" value="false"/>
            </config>
            <config key="typeFilter">
                <config key="selectedTypes">
                    <entry key="array-size" type="xint" value="0"/>
                </config>
            </config>
        </config>
        """);
    }

    @Test
    void whatIsReadIsWrittenAgain() throws IOException, InvalidSettingsException {
        final Parameters parameters = new Parameters();
        parameters.m_columns = filter(FILTER);
        final NodeSettings settings = new NodeSettings("model");

        ParametersPersistence.save(parameters, settings);

        assertThat(Settings.lines(settings)).isEqualTo(FILTER);
    }

    @Test
    void anUnknownModeIsRefused() {
        assertThatThrownBy(() -> filter("Manual", ""))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Invalid value 'Manual'. Possible values: MANUAL, REGEX, WILDCARD, TYPE");
    }

    @Test
    void columnsAreChosenOneByOne() throws IOException, InvalidSettingsException {
        final ColumnFilter filter = filter(FILTER);

        assertThat(filter.filterFromFullSpec(SPEC)).containsExactly("Alpha");
        assertThat(filter.getMissingSelectedFromFullSpec(SPEC)).containsExactly("gone");

        filter.withIncludeUnknownColumns();
        assertThat(filter.filterFromFullSpec(SPEC)).containsExactly("Alpha", "b.ta");
        assertThat(filter.filter(List.of(SPEC.getColumnSpec(1)))).isEmpty();
        assertThat(filter.getMissingSelectedFromFullSpec(SPEC)).isEmpty();

        filter.withExcludeUnknownColumns();
        assertThat(filter.filterFromFullSpec(SPEC)).containsExactly("Alpha");
    }

    @Test
    void theOrderIsThatOfTheTable() {
        final ColumnFilter filter = new ColumnFilter(new String[] {"b.ta", "Alpha"});

        assertThat(filter.filterFromFullSpec(SPEC)).containsExactly("Alpha", "b.ta");
        assertThat(new ColumnFilter(List.of(SPEC.getColumnSpec(1))).filterFromFullSpec(SPEC))
                .containsExactly("beta");
        assertThat(new ColumnFilter().filterFromFullSpec(SPEC)).isEmpty();
        assertThat(new ColumnFilter().withIncludeUnknownColumns().filterFromFullSpec(SPEC))
                .containsExactly("Alpha", "beta", "b.ta");
    }

    @Test
    void columnsAreChosenByType() throws IOException, InvalidSettingsException {
        final ColumnFilter filter = filter("TYPE", "");

        assertThat(filter.filterFromFullSpec(SPEC)).containsExactly("Alpha", "beta");
        assertThat(filter.getMissingSelectedFromFullSpec(SPEC)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "WILDCARD, b?ta, beta b.ta",
        "WILDCARD, b.ta, b.ta",
        "WILDCARD, *A*, Alpha beta b.ta",
        "WILDCARD, bet, ''",
        "WILDCARD, '', ''",
        "REGEX, b.ta, beta b.ta",
        "REGEX, ALPHA, Alpha",
        "REGEX, alpha|x, Alpha",
        "REGEX, '', ''"
    })
    void columnsAreChosenByTheirNames(final String mode, final String pattern, final String chosen)
            throws IOException, InvalidSettingsException {
        assertThat(String.join(" ", filter(mode, pattern).filterFromFullSpec(SPEC)))
                .isEqualTo(chosen);
    }

    @Test
    void aPatternMayMindTheCaseOrLeaveOutWhatItMatches() throws IOException, InvalidSettingsException {
        final String wildcard = FILTER.replace("MANUAL", "WILDCARD").replace("value=\"P\"", "value=\"a*\"");
        final String sensitive = wildcard.replace(
                "isCaseSensitive\" type=\"xboolean\" value=\"false\"",
                "isCaseSensitive\" type=\"xboolean\" value=\"true\"");
        final String inverted = wildcard.replace(
                "isInverted\" type=\"xboolean\" value=\"false\"", "isInverted\" type=\"xboolean\" value=\"true\"");

        assertThat(filter(wildcard).filterFromFullSpec(SPEC)).containsExactly("Alpha");
        assertThat(filter(sensitive).filterFromFullSpec(SPEC)).isEmpty();
        assertThat(filter(inverted).filterFromFullSpec(SPEC)).containsExactly("beta", "b.ta");
    }

    @Test
    void theKeysOfAFilterCanBeSet() throws IOException, InvalidSettingsException {
        final NodeSettings settings = Settings.of(FILTER);

        ParametersFields.of(new Parameters()).set(settings, "columns/mode", "String", "TYPE");

        assertThat(Settings.lines(settings)).isEqualTo(FILTER.replace("MANUAL", "TYPE"));
    }
}
