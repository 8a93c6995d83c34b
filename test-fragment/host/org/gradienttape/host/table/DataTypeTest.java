package org.gradienttape.host.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.BoundedValue;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.ImageValue;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

/** Which values the types offer, and which type takes which; as in KNIME 5.9.0. */
class DataTypeTest {
    private static final DataType MISSING = DataType.getMissingCell().getType();

    @Test
    void anIntCanBeReadAsEveryNumber() {
        assertThat(IntCell.TYPE.isCompatible(IntValue.class)).isTrue();
        assertThat(IntCell.TYPE.isCompatible(LongValue.class)).isTrue();
        assertThat(IntCell.TYPE.isCompatible(DoubleValue.class)).isTrue();
        assertThat(IntCell.TYPE.isCompatible(StringValue.class)).isFalse();
        assertThat(DoubleCell.TYPE.isCompatible(IntValue.class)).isFalse();
    }

    @Test
    void aBooleanIsANumberToo() {
        assertThat(BooleanCell.TYPE.getPreferredValueClass()).isEqualTo(BooleanValue.class);
        assertThat(BooleanCell.TRUE.getIntValue()).isEqualTo(1);
        assertThat(BooleanCell.FALSE.getDoubleValue()).isZero();
    }

    @Test
    void aWiderTypeTakesNarrowerCells() {
        assertThat(DoubleCell.TYPE.isASuperTypeOf(IntCell.TYPE)).isTrue();
        assertThat(DoubleCell.TYPE.isASuperTypeOf(LongCell.TYPE)).isTrue();
        assertThat(LongCell.TYPE.isASuperTypeOf(IntCell.TYPE)).isTrue();
        assertThat(IntCell.TYPE.isASuperTypeOf(DoubleCell.TYPE)).isFalse();
        assertThat(StringCell.TYPE.isASuperTypeOf(IntCell.TYPE)).isFalse();
    }

    @Test
    void everyTypeTakesMissingCells() {
        assertThat(StringCell.TYPE.isASuperTypeOf(MISSING)).isTrue();
        assertThat(PNGImageContent.TYPE.isASuperTypeOf(MISSING)).isTrue();
        assertThat(MISSING.isASuperTypeOf(StringCell.TYPE)).isFalse();
        assertThat(MISSING.isMissingValueType()).isTrue();
    }

    @Test
    void theCommonSuperTypeTakesBoth() {
        assertThat(DataType.getCommonSuperType(IntCell.TYPE, DoubleCell.TYPE)).isEqualTo(DoubleCell.TYPE);
        assertThat(DataType.getCommonSuperType(MISSING, IntCell.TYPE)).isEqualTo(IntCell.TYPE);
        final DataType none = DataType.getCommonSuperType(StringCell.TYPE, IntCell.TYPE);
        assertThat(none.getCellClass()).isNull();
        assertThat(none.isASuperTypeOf(StringCell.TYPE)).isTrue();
        assertThat(none.isASuperTypeOf(IntCell.TYPE)).isTrue();
        assertThat(none.isCompatible(BoundedValue.class)).isFalse();
    }

    @Test
    void aPngIsAnImage() {
        assertThat(PNGImageContent.TYPE.getPreferredValueClass()).isEqualTo(PNGImageValue.class);
        assertThat(PNGImageContent.TYPE.isCompatible(ImageValue.class)).isTrue();
    }

    @Test
    void isSavedByItsCellClassOrItsValues() throws InvalidSettingsException {
        final DataType common = DataType.getCommonSuperType(StringCell.TYPE, BooleanCell.TYPE);
        final NodeSettings settings = new NodeSettings("types");
        settings.addDataType("native", LongCell.TYPE);
        settings.addDataType("common", common);

        assertThat(settings.getConfig("native").getString("cell_class")).isEqualTo("org.knime.core.data.def.LongCell");
        assertThat(settings.getConfig("common").getString("cell_class")).isNull();
        assertThat(settings.getConfig("common").getStringArray("value_classes"))
                .containsExactly("org.knime.core.data.DataValue", "org.knime.core.data.NominalValue");
        assertThat(settings.getDataType("native")).isEqualTo(LongCell.TYPE);
        assertThat(settings.getDataType("common")).isEqualTo(common);
    }

    @Test
    void anUnknownCellClassIsAnError() {
        final NodeSettings settings = new NodeSettings("type");
        settings.addString("cell_class", "org.knime.core.data.def.NoCell");

        assertThatThrownBy(() -> DataType.load(settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Data cell implementation \"org.knime.core.data.def.NoCell\" not found.");
    }

    @Test
    void cellsAreEqualByValueWithinTheirClass() {
        assertThat(new DoubleCell(Double.NaN)).isEqualTo(new DoubleCell(Double.NaN));
        assertThat(new IntCell(1)).isNotEqualTo(new LongCell(1)).isNotEqualTo(new IntCell(2));
        assertThat(new StringCell("a")).isNotEqualTo(DataType.getMissingCell());
    }
}
