package org.gradienttape.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.data.MemoryTable;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvSyntax;
import org.gradienttape.data.csv.CsvTable;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.data.table.TableRequest.Goal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a table that cannot be meant. */
class TableDoubtsTest {
    @TempDir
    private Path folder;

    private int read;

    @Test
    void nothingIsSaidOfATableLikeOthers() throws IOException {
        final MemoryTable table = new MemoryTable("rows", "x:number", "color:text", "kind:text", "n:number");
        IntStream.range(0, 30).forEach(i -> table.row(i % 7, "c" + i % 4, i % 3 == 0 ? "a" : "b", i % 5 * 0.5));

        assertThat(warnings(table, new Goal.Classes("kind"), "x", "color", "n")).isEmpty();
        assertThat(warnings(table, new Goal.Numbers(List.of("n"), true), "x", "color"))
                .isEmpty();
        assertThat(warnings(table, new Goal.Features(), "x", "color")).isEmpty();
    }

    @Test
    void aColumnThatTellsTheClassInOtherWordsIsTold() throws IOException {
        final MemoryTable table = new MemoryTable("rows", "x:number", "code:text", "kind:text");
        IntStream.range(0, 30)
                .forEach(i ->
                        table.row(i % 7, "k" + i % 3, List.of("a", "b", "c").get(i % 3)));

        assertThat(warnings(table, new Goal.Classes("kind"), "x", "code"))
                .containsExactly(
                        "The column \"code\" of rows tells the label by itself in all 30 samples to train on; remove"
                                + " it unless it is known of new samples, too.");
    }

    @Test
    void aColumnThatTellsTwoClassesAlikeIsNotTold() throws IOException {
        final MemoryTable table = new MemoryTable("rows", "x:number", "code:text", "kind:text");
        IntStream.range(0, 30)
                .forEach(i -> table.row(
                        i % 7, i % 3 == 0 ? "k" : "l", List.of("a", "b", "c").get(i % 3)));

        assertThat(warnings(table, new Goal.Classes("kind"), "x", "code")).isEmpty();
    }

    @Test
    void aColumnThatIsTheNumberToLearnIsTold() throws IOException {
        final MemoryTable table = new MemoryTable("rows", "x:number", "copy:number", "y:number", "z:number");
        IntStream.range(0, 30).forEach(i -> table.row(i % 7, i * 0.1, i * 3, i * 0.1));

        assertThat(warnings(table, new Goal.Numbers(List.of("y", "z"), true), "x", "copy"))
                .containsExactly(
                        "The column \"copy\" is the target itself in all 30 rows to train on of rows; leave it out"
                                + " unless it is known of new rows, too.");
    }

    @Test
    void fewWholeNumbersToLearnMayBeClasses() throws IOException {
        final MemoryTable table =
                new MemoryTable("rows", "x:number", "digit:number", "eleven:number", "half:number", "few:number");
        IntStream.range(0, 110).forEach(i -> table.row(i % 7, i % 10, i % 11, i % 10 / 2.0, i % 3));

        assertThat(warnings(table, new Goal.Numbers(List.of("digit", "eleven", "half", "few"), true), "x"))
                .containsExactly(
                        "The target \"digit\" is one of 10 whole numbers (0, 1, 2, 3, 4, 5, 6, 7, 8, 9) in all 110 rows"
                                + " to train on of rows; if these are classes, say so.",
                        "The target \"few\" is one of 3 whole numbers (0, 1, 2) in all 110 rows to train on of rows; if"
                                + " these are classes, say so.");
    }

    @Test
    void numbersToLearnThatAreClassesOrAllTheSameAreTold() throws IOException {
        final MemoryTable table = new MemoryTable("rows", "x:number", "same:number", "two:number", "three:number");
        IntStream.range(0, 20).forEach(i -> table.row(i % 7, 3.5, i % 2, i == 19 ? 7 : i % 2));

        assertThat(warnings(table, new Goal.Numbers(List.of("same", "two", "three"), true), "x"))
                .containsExactly(
                        "The target \"same\" is 3.5 in all 20 rows to train on of rows; check that it is the right column.",
                        "The target \"two\" is 0 or 1 in all 20 rows to train on of rows; if these are classes, say so.");
    }

    @Test
    void classesThatAreAllTheSameOrNeverAreTold() throws IOException {
        final MemoryTable table = new MemoryTable("rows", "x:number", "same:text", "own:text");
        IntStream.range(0, 20).forEach(i -> table.row(i % 7, "cat", "cat" + i));

        assertThat(warnings(table, new Goal.Classes("same"), "x"))
                .containsExactly(
                        "All 20 samples of rows have the label cat; check that the labels are the right ones.");
        assertThat(warnings(table, new Goal.Classes("own"), "x"))
                .containsExactly(
                        "The 20 samples of rows have 20 different labels; check that the labels are the right ones"
                                + " and name classes.");
    }

    @Test
    void aColumnOfIdentifiersIsTold() throws IOException {
        final MemoryTable table = new MemoryTable("rows", "id:text", "x:number", "kind:text");
        IntStream.range(0, 30).forEach(i -> table.row("id" + i % 20, i % 7, i % 2 == 0 ? "a" : "b"));

        assertThat(warnings(table, new Goal.Classes("kind"), "id", "x"))
                .containsExactly(
                        "The column \"id\" of rows has 20 different texts in 30 rows to train on; leave it out unless"
                                + " new rows have the same texts.");
    }

    @Test
    void wholeNumbersThatSinglePrecisionCannotHoldAreTold() throws IOException {
        final MemoryTable table = new MemoryTable("rows", "x:number", "kind:text");
        IntStream.range(0, 12).forEach(i -> table.row(16777206 + i, i % 2 == 0 ? "a" : "b"));

        assertThat(warnings(table, NumberScaling.STANDARDIZED, new Goal.Classes("kind"), "x"))
                .isEmpty();
        assertThat(warnings(table, NumberScaling.AS_IT_IS, new Goal.Classes("kind"), "x"))
                .singleElement()
                .asString()
                .contains("16777217, which becomes 16777216");
    }

    @Test
    void whatAFileSaysOfItsUsedColumnsIsTold() throws IOException {
        final List<String> lines = new ArrayList<>(List.of("age,size,kind"));
        IntStream.range(0, 20).forEach(i -> lines.add(i % 4 + "," + i % 5 + "," + "ab".charAt(i / 2 % 2)));
        lines.add("x,y,a");
        final Path file = Files.write(folder.resolve("a.csv"), lines);
        final CsvSyntax syntax = new CsvSyntax(',', CsvSyntax.FirstLine.AUTOMATIC);
        final CsvTable table = CsvTable.open(CsvFile.open(file, syntax), Map.of(), done -> true);

        assertThat(warnings(table, new Goal.Classes("kind"), "age"))
                .singleElement()
                .asString()
                .startsWith("The column \"age\" of a.csv is taken for text, because Line 22 of ");
    }

    private List<String> warnings(final TableRows table, final Goal goal, final String... features) throws IOException {
        return warnings(table, NumberScaling.STANDARDIZED, goal, features);
    }

    private List<String> warnings(
            final TableRows table, final NumberScaling scaling, final Goal goal, final String... features)
            throws IOException {
        read++;
        final List<String> chosen = Arrays.asList(features);
        final List<ColumnRule> rules = table.columns().stream()
                .filter(column -> chosen.contains(column.name()))
                .map(column -> new ColumnRule(column, scaling, MissingRule.REFUSE, UnknownRule.REFUSE))
                .toList();
        return TableReader.read(
                        new TableRequest(
                                table,
                                Optional.empty(),
                                rules,
                                goal,
                                Optional.empty(),
                                new ReadRequest.Split(new HeldOut.None(), false, new Limit.None())),
                        folder.resolve("training-" + read),
                        folder.resolve("held-out-" + read),
                        done -> true)
                .warnings();
    }
}
