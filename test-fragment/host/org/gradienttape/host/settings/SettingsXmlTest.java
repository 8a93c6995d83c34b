package org.gradienttape.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/** The XML of settings; its literals are those that KNIME 5.9.0 writes and reads. */
class SettingsXmlTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<config xmlns=\"http://www.knime.org/2008/09/XMLConfig\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:schemaLocation=\"http://www.knime.org/2008/09/XMLConfig"
            + " http://www.knime.org/XMLConfig_2008_09.xsd\" key=\"settings.xml\"";

    private static final String DATACELL = "        <entry key=\"datacell\" type=\"xstring\" value=\"";

    private final NodeSettings settings = new NodeSettings("settings.xml");

    @Test
    void writesEveryEntryType() throws IOException {
        settings.addInt("int", -1);
        settings.addLong("long", 1L << 40);
        settings.addDouble("double", 0.001);
        settings.addDouble("nan", Double.NaN);
        settings.addDouble("infinite", Double.NEGATIVE_INFINITY);
        settings.addFloat("float", 0.5f);
        settings.addBoolean("boolean", true);
        settings.addChar("char", 'c');
        settings.addByte("byte", (byte) -128);
        settings.addShort("short", (short) 300);
        settings.addString("string", "a\"<&>b");
        settings.addString("null", null);
        settings.addNodeSettings("empty");
        settings.addNodeSettings("nested").addInt("inner", 7);

        assertThat(xml(settings))
                .isEqualTo(HEAD
                        + ">\n"
                        + "    <entry key=\"int\" type=\"xint\" value=\"-1\"/>\n"
                        + "    <entry key=\"long\" type=\"xlong\" value=\"1099511627776\"/>\n"
                        + "    <entry key=\"double\" type=\"xdouble\" value=\"0.001\"/>\n"
                        + "    <entry key=\"nan\" type=\"xdouble\" value=\"NaN\"/>\n"
                        + "    <entry key=\"infinite\" type=\"xdouble\" value=\"-Infinity\"/>\n"
                        + "    <entry key=\"float\" type=\"xfloat\" value=\"0.5\"/>\n"
                        + "    <entry key=\"boolean\" type=\"xboolean\" value=\"true\"/>\n"
                        + "    <entry key=\"char\" type=\"xchar\" value=\"c\"/>\n"
                        + "    <entry key=\"byte\" type=\"xbyte\" value=\"-128\"/>\n"
                        + "    <entry key=\"short\" type=\"xshort\" value=\"300\"/>\n"
                        + "    <entry key=\"string\" type=\"xstring\" value=\"a&quot;&lt;&amp;&gt;b\"/>\n"
                        + "    <entry key=\"null\" type=\"xstring\" isnull=\"true\" value=\"\"/>\n"
                        + "    <config key=\"empty\"/>\n"
                        + "    <config key=\"nested\">\n"
                        + "        <entry key=\"inner\" type=\"xint\" value=\"7\"/>\n"
                        + "    </config>\n"
                        + "</config>\n");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        settings.addInt("int", Integer.MIN_VALUE);
        settings.addLong("long", Long.MAX_VALUE);
        settings.addDouble("double", Double.NaN);
        settings.addFloat("float", Float.MIN_VALUE);
        settings.addBoolean("boolean", false);
        settings.addChar("char", '<');
        settings.addByte("byte", (byte) 5);
        settings.addShort("short", (short) -5);
        settings.addString("null", null);
        settings.addString("text", "ä \uD83D\uDE00 \uD83D");
        settings.addStringArray("texts", "a", null);
        settings.addIntArray("none", (int[]) null);

        assertThat(((NodeSettings) reread()).toStringValue()).isEqualTo(settings.toStringValue());
    }

    @Test
    void escapesControlCharactersAndDoublePerCentSigns() throws IOException, InvalidSettingsException {
        final String text = "a\nb\tc%%00001d%e%%%f\u0001";
        settings.addString("text", text);

        assertThat(xml(settings)).contains("value=\"a%%00010b%%00009c%%00037%00001d%e%%00037%%00037%f%%00001\"");
        assertThat(reread().getString("text")).isEqualTo(text);
    }

    @Test
    void writesArraysAsConfigsWithTheirSize() throws IOException, InvalidSettingsException {
        settings.addIntArray("a", 4, 5);
        settings.addStringArray("none", (String[]) null);

        assertThat(xml(settings))
                .isEqualTo(HEAD
                        + ">\n"
                        + "    <config key=\"a\">\n"
                        + "        <entry key=\"array-size\" type=\"xint\" value=\"2\"/>\n"
                        + "        <entry key=\"0\" type=\"xint\" value=\"4\"/>\n"
                        + "        <entry key=\"1\" type=\"xint\" value=\"5\"/>\n"
                        + "    </config>\n"
                        + "    <config key=\"none\"/>\n"
                        + "</config>\n");
        assertThat(reread().getIntArray("a")).containsExactly(4, 5);
        assertThat(reread().getStringArray("none")).isNull();
    }

    @Test
    void doesNotWriteTransientTexts() throws IOException {
        settings.addTransientString("secret", "s");

        assertThat(settings.getTransientString("secret")).isEqualTo("s");
        assertThat(xml(settings)).doesNotContain("secret");
        assertThat(reread().getTransientString("secret")).isNull();
    }

    @Test
    void writesCellsTypesAndRowKeys() throws IOException, InvalidSettingsException {
        settings.addDataCell("cell", new IntCell(3));
        settings.addDataCell("missing", DataType.getMissingCell());
        settings.addDataType("type", DoubleCell.TYPE);
        settings.addDataType("noType", null);
        settings.addRowKey("row", new RowKey("Row1"));

        assertThat(xml(settings))
                .isEqualTo(HEAD
                        + ">\n"
                        + "    <config key=\"cell\">\n"
                        + DATACELL
                        + "org.knime.core.data.def.IntCell\"/>\n"
                        + "        <config key=\"org.knime.core.data.def.IntCell\">\n"
                        + "            <entry key=\"IntCell\" type=\"xint\" value=\"3\"/>\n"
                        + "        </config>\n"
                        + "    </config>\n"
                        + "    <config key=\"missing\">\n"
                        + DATACELL
                        + "org.knime.core.data.MissingCell\"/>\n"
                        + "        <config key=\"org.knime.core.data.MissingCell\"/>\n"
                        + "    </config>\n"
                        + "    <config key=\"type\">\n"
                        + "        <entry key=\"cell_class\" type=\"xstring\""
                        + " value=\"org.knime.core.data.def.DoubleCell\"/>\n"
                        + "        <entry key=\"is_null\" type=\"xboolean\" value=\"false\"/>\n"
                        + "    </config>\n"
                        + "    <config key=\"noType\">\n"
                        + "        <entry key=\"is_null\" type=\"xboolean\" value=\"true\"/>\n"
                        + "    </config>\n"
                        + "    <entry key=\"row\" type=\"xstring\" value=\"Row1\"/>\n"
                        + "</config>\n");
        assertThat(reread().getDataType("type")).isEqualTo(DoubleCell.TYPE);
        assertThat(reread().getDataType("noType")).isNull();
        assertThat(reread().getRowKey("row")).isEqualTo(new RowKey("Row1"));
    }

    @Test
    void readsCellsBack() throws IOException, InvalidSettingsException {
        final DataCell[] cells = {
            new IntCell(-3),
            new LongCell(1L << 50),
            new DoubleCell(Double.NaN),
            new StringCell(""),
            BooleanCell.TRUE,
            DataType.getMissingCell(),
            null
        };
        settings.addDataCellArray("cells", cells);
        settings.addDataTypeArray("types", PNGImageContent.TYPE, StringCell.TYPE);
        settings.addRowKeyArray("rows", new RowKey("a"), new RowKey("b"));

        assertThat(reread().getDataCellArray("cells")).containsExactly(cells);
        assertThat(reread().getDataTypeArray("types")).containsExactly(PNGImageContent.TYPE, StringCell.TYPE);
        assertThat(reread().getRowKeyArray("rows")).containsExactly(new RowKey("a"), new RowKey("b"));
    }

    @Test
    void readsXmlWithoutSchemaLocation() throws IOException, InvalidSettingsException {
        final NodeSettingsRO read = read("<config xmlns=\"http://www.knime.org/2008/09/XMLConfig\" key=\"x\">"
                + "<entry key=\"count\" type=\"xint\" value=\"12\"/></config>");

        assertThat(read.getInt("count")).isEqualTo(12);
        assertThat(read.keySet()).containsExactly("count");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<config key=\"x\">",
                "<entry key=\"count\" type=\"xint\" value=\"12\"/>",
                "<config key=\"x\"><entry key=\"count\" type=\"xint\" value=\"twelve\"/></config>",
                "<config key=\"x\"><entry key=\"flag\" type=\"xboolean\" value=\"yes\"/></config>",
                "<config key=\"x\"><entry key=\"count\" type=\"xint\" isnull=\"true\" value=\"\"/></config>",
                "<config key=\"x\"><entry key=\"count\" type=\"xnumber\" value=\"12\"/></config>",
                "<config key=\"x\"><entry key=\"count\" type=\"xint\"/></config>",
                "<config key=\"x\"><entry type=\"xint\" value=\"12\"/></config>",
                "<config key=\"x\"><config/></config>",
                "<config key=\"x\"><other key=\"count\"/></config>",
                "<!DOCTYPE config SYSTEM \"file:///etc/hostname\"><config key=\"x\"/>"
            })
    void refusesWhatIsNoSettingsXml(final String xml) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Expected settings in XML, found:");
    }

    @Test
    void quotesTheBeginningOfALongText() {
        assertThatThrownBy(() -> read("<config key=\"x\"><entry key=\"count\" type=\"" + "x".repeat(100_000)
                        + "\" value=\"1\"/></config>"))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith("Expected settings in XML, found: the entry \"count\" of type xxx")
                .hasSizeLessThan(500);
    }

    private NodeSettingsRO reread() throws IOException {
        return read(xml(settings));
    }

    private static NodeSettingsRO read(final String xml) throws IOException {
        return NodeSettings.loadFromXML(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String xml(final NodeSettings settings) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        settings.saveToXML(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
