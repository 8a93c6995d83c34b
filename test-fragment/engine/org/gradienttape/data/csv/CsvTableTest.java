package org.gradienttape.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.data.NpzTest.assertOneSentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.data.csv.CsvSyntax.DecimalMark;
import org.gradienttape.data.csv.CsvSyntax.FirstLine;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    private static final CsvSyntax COMMA = new CsvSyntax(',', FirstLine.AUTOMATIC);
    private static final CsvSyntax NAMES = new CsvSyntax(',', FirstLine.COLUMN_NAMES);
    private static final CsvSyntax GERMAN = new CsvSyntax(';', '"', DecimalMark.COMMA, FirstLine.AUTOMATIC);

    @TempDir
    private Path folder;

    @Test
    void columnsAreNumbersIfAllTheirCellsAre() throws IOException {
        final CsvTable table = open(COMMA, "age,color,zip", "42,red,01234", "-1.5e3, blue ,", "?,NA,80331");

        assertThat(table.name()).isEqualTo("a.csv");
        assertThat(table.columns())
                .containsExactly(
                        new Column("age", Kind.NUMBER), new Column("color", Kind.TEXT), new Column("zip", Kind.NUMBER));
        assertThat(rows(table)).containsExactly("42.0 red 1234.0", "-1500.0 blue NaN", "NaN null 80331.0");
        assertThat(table.warnings(List.of("age", "color", "zip"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?", "NA", "na", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", "-", "<NA>", "  "})
    void aNumberIsMissing(final String cell) throws IOException {
        assertThat(rows(open(NAMES, "a,b", "1,x", cell + ",y"))).containsExactly("1.0 x", "NaN y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {"''|null", "?|null", "NA|null", "NaN|null", "NULL|null", "None|None", "-|-", "Na|Na", "none|none"})
    void aTextIsMissing(final String cell, final String text) throws IOException {
        assertThat(rows(open(NAMES, "a,b", "1,x", "2," + cell))).containsExactly("1.0 x", "2.0 " + text);
    }

    /** As where a file was cut off: all rows behind the quote would be one text. */
    @ParameterizedTest
    @ValueSource(strings = {"1,\"x", "1,\"x\"\"", "1,\"x\n2,y\n3,z\n", "\"1,x\n2,y"})
    void aQuoteThatStaysOpenIsRefused(final String rows) {
        assertThatThrownBy(() -> rows(open(NAMES, "a,b", rows)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        folder.resolve("a.csv") + " should close each quote, but one in the row that begins in line 2"
                                + " stays open until the end of the file; correct it, or say that nothing is between quotes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"x\"", "1,\"x\"\n", "1,\"x\"\r\n", "1,x", "1,x\n\n\n", "1,x\r"})
    void aFileMayEndWithOrWithoutALineBreak(final String rows) throws IOException {
        final Path file = folder.resolve("ends.csv");
        Files.writeString(file, "a,b\n" + rows);

        assertThat(rows(CsvTable.open(CsvFile.open(file, NAMES), Map.of(), done -> true)))
                .containsExactly("1.0 x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "-Infinity", "+INF", "1e999", "-1e400"})
    void aNumberIsInfinite(final String cell) throws IOException {
        final CsvTable table = open(NAMES, "a,b", "1,x", cell + ",y");

        assertThat(table.columns().get(0).kind()).isEqualTo(Kind.NUMBER);
        assertThat(rows(table)).containsExactly("1.0 x", (cell.startsWith("-") ? "-" : "") + "Infinity y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.5|1.5", "1.|1", ".5|0.5", "+1|1", "1e5|100000", "-1.25E-2|-0.0125", "0|0", "007|7"})
    void isANumber(final String cell, final double number) {
        assertThat(new CsvCells('.').number(cell)).isEqualTo(number);
        assertThat(new CsvCells(',').number(cell.replace('.', ','))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".", "e5", "1e", "1e+", "1d", "0x10", "1_000", "1 000", "--1", "+", "1.5.2", "1,5", "1e5.5", "٣",
                "1'000"
            })
    void isNoNumber(final String cell) {
        assertThat(new CsvCells('.').isNumber(cell)).isFalse();
        assertThat(new CsvCells('.').number(cell)).isNaN();
    }

    @Test
    void numbersMayHaveDecimalCommas() throws IOException {
        final CsvTable table = open(GERMAN, "a;b", "1,5;x", "-,25;y", "3;z", "1,5e-1;z");

        assertThat(rows(table)).containsExactly("1.5 x", "-0.25 y", "3.0 z", "0.15 z");
        assertThat(open(GERMAN, "a;b", "1.500;x", "2;y").columns().get(0).kind())
                .isEqualTo(Kind.TEXT);
    }

    @Test
    void anotherQuoteOrNoneMayBeUsed() throws IOException {
        final CsvSyntax single = new CsvSyntax(',', '\'', DecimalMark.POINT, FirstLine.AUTOMATIC);
        final CsvSyntax none = new CsvSyntax(',', CsvSyntax.NO_QUOTE, DecimalMark.POINT, FirstLine.AUTOMATIC);

        assertThat(rows(open(single, "a,b", "1,'x, y'", "2,'it''s'"))).containsExactly("1.0 x, y", "2.0 it's");
        assertThat(rows(open(none, "a,b", "1,5\" pipe", "2,\"x"))).containsExactly("1.0 5\" pipe", "2.0 \"x");
    }

    @Test
    void marksThatCannotBeToldApartAreRefused() {
        assertOneSentence(
                () -> new CsvSyntax(',', '"', DecimalMark.COMMA, FirstLine.AUTOMATIC), "both are ,", "semicolon");
        assertOneSentence(() -> new CsvSyntax('"', FirstLine.AUTOMATIC), "must differ");
        assertOneSentence(() -> new CsvSyntax('\n', FirstLine.AUTOMATIC), "no line break");
        assertOneSentence(() -> new CsvSyntax(',', '\r', DecimalMark.POINT, FirstLine.AUTOMATIC), "no line break");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "39,State-gov,Bachelors;50,Private,Masters | true",
                "b,30.83,0,u;a,58.67,4.46,u | true",
                "b,?,0,u;a,58.67,4.46,u | true",
                "age,work,degree;39,State-gov,Bachelors | false",
                "age,work;,State-gov;?,Private;50,x | false",
                "name,2019,2020;a,1,2 | true",
                "name,count,2020;a,1,2 | false",
                "a,b;x,y | false",
                "5.1,3.5,setosa | true",
                "7,2,class;3,4,5 | false"
            })
    void aFirstLineLikeTheOthersIsARow(final String lines, final boolean row) throws IOException {
        final CsvTable table = open(COMMA, lines.split(";"));

        assertThat(table.columns().get(0).name().equals("1")).isEqualTo(row);
    }

    @Test
    void columnsWithoutNamesAreCalledByTheirNumbers() throws IOException {
        assertThat(open(COMMA, ", width ,", "0,1,2").columns())
                .extracting(Column::name)
                .containsExactly("1", "width", "3");
        assertThat(open(new CsvSyntax(',', FirstLine.A_SAMPLE), "a,b", "c,d").columns())
                .extracting(Column::name)
                .containsExactly("1", "2");
    }

    @Test
    void aNameThatTwoColumnsHaveIsRefused() {
        assertOneSentence(
                () -> open(COMMA, "a,b,a", "1,2,3"),
                "Columns need names that differ, but two are called \"a\" in ",
                "a.csv; rename one of them.");
        assertOneSentence(() -> open(COMMA, "a, a", "1,2"), "two are called \"a\"");
        assertOneSentence(() -> open(COMMA, "2,,x", "1,2,3"), "two are called \"2\"");
    }

    @Test
    void aFirstLineThatMayHoldNamesIsTold() throws IOException {
        final List<String> lines = new ArrayList<>(List.of("name,2019,2020"));
        IntStream.range(0, 20).forEach(i -> lines.add((i % 3 == 0 ? "x" : "y") + ",1," + i));

        assertThat(open(COMMA, lines.toArray(String[]::new)).warnings(List.of()))
                .containsExactly(
                        "The first line of a.csv is taken for a row, but some of its texts do not come again; if it"
                                + " holds column names, say so in the dialog.");
        assertThat(open(NAMES, lines.toArray(String[]::new)).warnings(List.of()))
                .containsExactly(
                        "The first line of a.csv holds numbers, but is taken for column names; if it is a row, say so"
                                + " in the dialog.");
        lines.set(0, "y,2019,2020");
        assertThat(open(COMMA, lines.toArray(String[]::new)).warnings(List.of()))
                .isEmpty();
    }

    @Test
    void aColumnThatIsTakenForTextBecauseOfAFewCellsIsTold() throws IOException {
        final List<String> lines = new ArrayList<>(List.of("id,age"));
        IntStream.range(0, 19).forEach(i -> lines.add("n" + i + "," + i));
        lines.add("n19,4o");

        final CsvTable table = open(COMMA, lines.toArray(String[]::new));

        assertThat(table.columns().get(1).kind()).isEqualTo(Kind.TEXT);
        assertThat(table.warnings(List.of("id", "age")))
                .containsExactly("The column \"age\" of a.csv is taken for text, because Line 21 of "
                        + folder.resolve("a.csv")
                        + " holds \"4o\", although 19 of 20 cells are numbers; correct the others if"
                        + " that is not meant.");
        assertThat(table.warnings(List.of("id"))).isEmpty();
    }

    @Test
    void aColumnOfNumbersWithTheOtherDecimalMarkIsTold() throws IOException {
        final CsvSyntax semicolon = new CsvSyntax(';', FirstLine.AUTOMATIC);

        assertThat(open(semicolon, "a;b", "1,5;x", "2;y", "NA;z", "0,25;z").warnings(List.of("a", "b")))
                .containsExactly(
                        "The column \"a\" of a.csv is taken for text, because its numbers are written like 1,5;"
                                + " choose another decimal mark.");
        assertThat(open(GERMAN, "a;b", "1.5;x", "2;y").warnings(List.of("a", "b")))
                .singleElement()
                .asString()
                .contains("written like 1.5");
        assertThat(open(semicolon, "a;b", "1,5;x", "2;y", "x;z").warnings(List.of("a", "b")))
                .isEmpty();
    }

    @Test
    void aColumnOfCodesIsReadAsText() throws IOException {
        final CsvFile file = CsvFile.open(write("a.csv", "zip,age", "01234,1", "80331,2"), COMMA);

        final CsvTable table = CsvTable.open(file, Map.of("zip", Column.Kind.TEXT), done -> true);

        assertThat(rows(table)).containsExactly("01234 1.0", "80331 2.0");
        assertThat(table.warnings(List.of("zip", "age"))).isEmpty();
    }

    @Test
    void aSecondFileHasTheKindsOfTheFirst() throws IOException {
        final CsvTable first = open(COMMA, "grade,age,new", "1,1,x", "A,2,y");

        final CsvTable second = CsvTable.openLike(
                CsvFile.open(write("b.csv", "age,grade,more", "7,1,z", "?,2,w"), COMMA), first, done -> true);
        final CsvTable broken =
                CsvTable.openLike(CsvFile.open(write("c.csv", "age,grade", "7,1", "x7,2"), COMMA), first, done -> true);

        assertThat(second.columns())
                .containsExactly(
                        new Column("age", Kind.NUMBER), new Column("grade", Kind.TEXT), new Column("more", Kind.TEXT));
        assertThat(rows(second)).containsExactly("7.0 1 z", "NaN 2 w");
        assertThat(broken.columns().get(0)).isEqualTo(new Column("age", Kind.NUMBER));
        assertOneSentence(
                () -> rows(broken), "Line 3 of ", "should have a number in the column \"age\", but it holds \"x7\"");
    }

    @Test
    void columnsAreFoundByNameAndThenByNumber() throws IOException {
        final CsvFile file = CsvFile.open(write("a.csv", "a,3,b,Target,c", "1,2,3,4,5"), NAMES);

        assertThat(file.columnName("b")).isEqualTo("b");
        assertThat(file.columnName(" 3 ")).isEqualTo("3");
        assertThat(file.columnName("5")).isEqualTo("c");
        assertThat(file.usualTarget()).isEqualTo("Target");
        assertThat(CsvFile.open(write("b.csv", "a,b", "1,2"), NAMES).usualTarget())
                .isEqualTo("b");
        assertOneSentence(
                () -> file.columnName("6"),
                "The column \"6\" was expected in " + folder.resolve("a.csv"),
                "its columns are a, 3, b, Target, c; choose one of them.");
        assertOneSentence(() -> file.columnName("A"), "\"A\"");
    }

    @Test
    void columnsAreListedWithCommasBetweenThem() throws IOException {
        final CsvFile file = CsvFile.open(write("a.csv", "\"height, cm\",\"a \"\"b\"\"\",c", "1,2,3"), NAMES);

        assertThat(file.columnNames("  ")).isEmpty();
        assertThat(file.columnNames(" c , 2,\t\"height, cm\" , 3")).containsExactly("c", "a \"b\"", "height, cm");
        assertThat(file.columnNames("\"a \"\"b\"\"\"")).containsExactly("a \"b\"");
        assertOneSentence(() -> file.columnNames("c, height"), "The column \"height\" was expected in ");
        assertOneSentence(() -> file.columnNames("c,"), "The column \"\" was expected in ");
        assertOneSentence(() -> file.columnNames("c, \"heigh"), "The column \"heigh\" was expected in ");
        assertOneSentence(() -> file.columnNames("\"c\"2"), "Columns with commas between them were expected");
    }

    @Test
    void aFileWithNamesAloneHasNoRows() throws IOException {
        final CsvTable table = open(COMMA, "a,b");

        assertThat(rows(table)).isEmpty();
        assertThat(table.columns()).extracting(Column::name).containsExactly("a", "b");
    }

    @Test
    void filesThatAreNoTableAreRefused() throws IOException {
        assertOneSentence(() -> open(COMMA, "a,b", "1,2,3"), "Line 2 of ", "should have 2 cells", "it has 3");
        assertOneSentence(() -> open(COMMA, "a;b", "1;2"), "choose the separator semicolon");
        assertOneSentence(
                () -> open(new CsvSyntax(';', FirstLine.AUTOMATIC), "a,b", "1,2"), "choose another separator");
        assertOneSentence(() -> CsvFile.open(folder.resolve("absent.csv"), COMMA), "does not exist");
        Files.createFile(folder.resolve("empty.csv"));
        assertOneSentence(() -> CsvFile.open(folder.resolve("empty.csv"), COMMA), "is empty");
        assertThat(rows(open(COMMA, "a", "1", "2"))).containsExactly("1.0", "2.0");
    }

    @Test
    void theReadingCanBeCancelled() throws IOException {
        final CsvFile file = CsvFile.open(write("a.csv", "a,b", "1,2"), COMMA);

        assertThatThrownBy(() -> CsvTable.open(file, Map.of(), done -> false))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void featuresAreChosenOrLeftOutInTheOrderOfTheTable() {
        final List<String> columns = List.of("a", "b", "c", "d");

        assertThat(new ColumnChoice.AllBut(List.of()).of(columns, List.of("c"), "a.csv"))
                .containsExactly("a", "b", "d");
        assertThat(new ColumnChoice.AllBut(List.of("a")).of(columns, List.of("c"), "a.csv"))
                .containsExactly("b", "d");
        assertThat(new ColumnChoice.Only(List.of("d", "a", "c")).of(columns, List.of("c"), "a.csv"))
                .containsExactly("a", "d");
        assertOneSentence(
                () -> new ColumnChoice.Only(List.of("a", "x")).of(columns, List.of(), "a.csv"),
                "The column \"x\" was expected in a.csv, but its columns are a, b, c, d");
        assertOneSentence(() -> new ColumnChoice.AllBut(List.of("y")).of(columns, List.of(), "a.csv"), "\"y\"");
        assertThatThrownBy(() -> new ColumnChoice.Only(List.of("c")).of(columns, List.of("c"), "a.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "At least one column of a.csv was expected to learn from, but none is chosen beside those to be"
                                + " learned; choose one.");
    }

    private CsvTable open(final CsvSyntax syntax, final String... lines) throws IOException {
        return CsvTable.open(CsvFile.open(write("a.csv", lines), syntax), Map.of(), done -> true);
    }

    private Path write(final String name, final String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    /** The cells of each row, as a reader sees them. */
    private static List<String> rows(final TableRows table) throws IOException {
        final List<String> rows = new ArrayList<>();
        try (TableRows.Cursor row = table.open()) {
            while (row.next()) {
                rows.add(String.join(
                        " ",
                        IntStream.range(0, table.columns().size())
                                .mapToObj(i -> table.columns().get(i).kind() == Kind.NUMBER
                                        ? String.valueOf(row.number(i))
                                        : String.valueOf(row.text(i)))
                                .toList()));
            }
        }
        return rows;
    }
}
