package org.gradienttape.host.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

class DataTableSpecTest {
    private static final DataColumnSpec STEP = new DataColumnSpecCreator("Step", IntCell.TYPE).createSpec();

    @Test
    void findsColumnsByName() {
        final DataTableSpec spec = spec();

        assertThat(spec.getNumColumns()).isEqualTo(2);
        assertThat(spec.findColumnIndex("Loss")).isEqualTo(1);
        assertThat(spec.findColumnIndex("loss")).isEqualTo(-1);
        assertThat(spec.findColumnIndex(null)).isEqualTo(-1);
        assertThat(spec.getColumnSpec("Step")).isEqualTo(STEP);
        assertThat(spec.getColumnSpec("none")).isNull();
        assertThat(spec.containsName("Step")).isTrue();
        assertThat(spec.containsCompatibleType(DoubleValue.class)).isTrue();
        assertThat(spec.getColumnNames()).containsExactly("Step", "Loss");
    }

    @Test
    void aNameThatIsTakenGetsTheFirstFreeNumber() {
        final DataTableSpec spec =
                new DataTableSpec(STEP, new DataColumnSpecCreator("Step (#1)", IntCell.TYPE).createSpec());

        assertThat(DataTableSpec.getUniqueColumnName(spec, "step")).isEqualTo("step");
        assertThat(DataTableSpec.getUniqueColumnName(spec, " Step ")).isEqualTo("Step (#2)");
    }

    @Test
    void refusesTwoColumnsOfTheSameName() {
        assertThatThrownBy(() -> new DataTableSpec(STEP, STEP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Duplicate column name \"Step\" at positions 0 and 1.");
    }

    /** As KNIME writes them: one text per property in column_properties. */
    @Test
    void propertiesOfAColumnAreKept() throws InvalidSettingsException {
        final DataColumnSpecCreator creator = new DataColumnSpecCreator(STEP);
        creator.setProperties(new DataColumnProperties(Map.of("unit", "steps")));
        final DataColumnSpec step = creator.createSpec();
        final NodeSettings settings = new NodeSettings("spec");

        new DataTableSpec(step).save(settings);

        assertThat(settings.getConfig("column_spec_0")
                        .getConfig("column_properties")
                        .getString("unit"))
                .isEqualTo("steps");
        assertThat(DataTableSpec.load(settings).getColumnSpec(0)).isEqualTo(step);
        assertThat(step).isNotEqualTo(STEP);
        assertThat(step.equalStructure(STEP)).isTrue();
        assertThat(new DataColumnSpecCreator(step).createSpec().getProperties().getProperty("unit"))
                .isEqualTo("steps");
    }

    @Test
    void cutsBlanksAroundColumnNames() {
        assertThat(new DataColumnSpecCreator(" Step ", IntCell.TYPE)
                        .createSpec()
                        .getName())
                .isEqualTo("Step");
    }

    @Test
    void structureIgnoresDomains() {
        final DataColumnSpecCreator creator = new DataColumnSpecCreator(STEP);
        creator.setDomain(new DataColumnDomainCreator(new IntCell(0), new IntCell(9)).createDomain());
        final DataTableSpec bounded = new DataTableSpec(creator.createSpec());
        final DataTableSpec plain = new DataTableSpec(STEP);

        assertThat(bounded.equalStructure(plain)).isTrue();
        assertThat(bounded).isNotEqualTo(plain);
        assertThat(bounded.equalStructure(spec())).isFalse();
    }

    @Test
    void isSavedWithTheKeysOfKnime() throws InvalidSettingsException {
        final DataColumnSpecCreator names = new DataColumnSpecCreator("Name", StringCell.TYPE);
        names.setDomain(new DataColumnDomainCreator(Set.of(new StringCell("a"))).createDomain());
        final DataTableSpec spec = new DataTableSpecCreator()
                .setName("log")
                .addColumns(spec())
                .addColumns(names.createSpec())
                .createSpec();
        final NodeSettings settings = new NodeSettings("spec.xml");

        spec.save(settings);

        assertThat(settings.keySet())
                .containsExactly("spec_name", "number_columns", "column_spec_0", "column_spec_1", "column_spec_2");
        assertThat(settings.getString("spec_name")).isEqualTo("log");
        assertThat(settings.getConfig("column_spec_2").keySet())
                .containsExactly("column_name", "column_type", "column_domain", "column_properties", "meta_data");
        assertThat(settings.getConfig("column_spec_2")
                        .getConfig("column_domain")
                        .getDataCellArray("possible_values"))
                .containsExactly(new StringCell("a"));
        assertThat(DataTableSpec.load(settings)).isEqualTo(spec);
    }

    @Test
    void aWrongNumberOfColumnsIsAnError() {
        final NodeSettings settings = new NodeSettings("spec.xml");
        spec().save(settings);
        settings.addInt("number_columns", Integer.MAX_VALUE);

        assertThatThrownBy(() -> DataTableSpec.load(settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("found 2147483647");
    }

    private static DataTableSpec spec() {
        return new DataTableSpec(STEP, new DataColumnSpecCreator("Loss", DoubleCell.TYPE).createSpec());
    }
}
