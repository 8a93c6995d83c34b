package org.gradienttape.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.data.table.TableRequest.Goal;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("age", Kind.NUMBER),
            new Column("color", Kind.TEXT),
            new Column("price", Kind.NUMBER),
            new Column("kind", Kind.TEXT),
            new Column("weight", Kind.NUMBER));

    @TempDir
    private Path folder;

    private MissingRule missing = MissingRule.REFUSE;
    private UnknownRule unknown = UnknownRule.REFUSE;
    private HeldOut heldOut = new HeldOut.LastSamples(2);
    private Optional<TableRows> validation = Optional.empty();
    private Optional<String> weight = Optional.empty();
    private Limit limit = new Limit.None();
    private int read;

    private final List<Object[]> rows = new ArrayList<>(List.of(
            row(1, "red", 10, "cat", 1),
            row(3, "blue", 20, "dog", 2),
            row(1, "red", 30, "cat", 1),
            row(3, "blue", 40, "dog", 0.5),
            row(9, "red", 50, "cat", 1),
            row(5, "blue", 60, "dog", 1)));

    @Test
    void whatIsLearnedComesFromTheTrainingPartAlone() throws IOException {
        final DatasetPair pair = read(numbers(true));

        final Dataset training = pair.training();
        assertThat(training.samples()).isEqualTo(4);
        // age: mean 2, deviation 1; blue before red
        assertThat(training.numbers(0)).containsExactly(-1, 0, 1);
        assertThat(training.numbers(1)).containsExactly(1, 1, 0);
        final Dataset second = pair.heldOut().orElseThrow();
        assertThat(second.numbers(0)).containsExactly(7, 0, 1);
        assertThat(second.numbers(1)).containsExactly(3, 1, 0);
        // price: mean 25, deviation sqrt(125)
        final Target.Numbers target = (Target.Numbers) training.target();
        assertThat(target.scalings()).hasSize(1);
        assertThat(target.scalings().get(0).name()).isEqualTo("price");
        assertThat(target.scalings().get(0).shift()).isEqualTo(25);
        assertThat(target.scalings().get(0).divisor()).isCloseTo(Math.sqrt(125), within(1e-12));
        assertThat(second.target()).isEqualTo(target);
        assertThat(second.number(1, 0)).isEqualTo(60);
    }

    @Test
    void classesHaveTheNameOfTheirColumn() throws IOException {
        final DatasetPair pair = read(new Goal.Classes("kind"));

        assertThat(pair.training().target()).isEqualTo(new Target.Classes("kind", List.of("cat", "dog")));
        assertThat(pair.training().label(1)).isEqualTo(1);
        assertThat(pair.heldOut().orElseThrow().label(0)).isZero();
    }

    /** A text that was cut may end in half of an emoji, which UTF-8 cannot hold. */
    @Test
    void halvesOfCharactersAreKept() throws IOException {
        heldOut = new HeldOut.None();
        rows.add(row(1, "red \ud83d", 10, "cat \ud83d", 1));
        rows.add(row(1, "red \ud83c", 10, "cat \ud83c", 1));

        final Dataset training = read(new Goal.Classes("kind")).training();

        assertThat(training.classNames()).containsExactly("cat", "cat \ud83c", "cat \ud83d", "dog");
        assertThat(Dataset.open(training.folder()).info()).isEqualTo(training.info());
    }

    @Test
    void numbersMayNameClasses() throws IOException {
        heldOut = new HeldOut.None();
        final DatasetPair pair = read(new Goal.Classes("price"));

        assertThat(pair.training().classNames()).containsExactly("10", "20", "30", "40", "50", "60");
        assertThatThrownBy(() -> read(new Goal.Classes("weight"))).hasMessageContaining("it has the real number 0.5");
    }

    @Test
    void rowsCountAsTheirWeightSays() throws IOException {
        weight = Optional.of("weight");

        final Dataset training = read(numbers(false)).training();

        assertThat(training.info().weighted()).isTrue();
        assertThat(training.weight(3)).isEqualTo(0.5f);
        assertThat(((Target.Numbers) training.target()).scalings()).containsExactly(TargetScaling.none("price"));
    }

    @Test
    void aSecondTableIsTheValidationData() throws IOException {
        validation =
                Optional.of(new ListRows("second", COLUMNS, Collections.singletonList(row(5, "red", 7, "dog", 1))));
        heldOut = new HeldOut.StratifiedFraction(0.5, 1);

        final DatasetPair pair = read(numbers(true));

        assertThat(pair.training().samples()).isEqualTo(6);
        assertThat(pair.heldOut().orElseThrow().samples()).isEqualTo(1);
        assertThat(pair.heldOut().orElseThrow().number(0, 0)).isEqualTo(7);
    }

    @Test
    void anAutoencoderAndNewRowsNeedNoTarget() throws IOException {
        assertThat(read(new Goal.Features()).training().target()).isEqualTo(new Target.Features());
        assertThat(read(new Goal.None()).training().target()).isEqualTo(Target.NONE);
    }

    @Test
    void missingCellsAreRefusedAndCounted() {
        rows.get(1)[0] = Double.NaN;
        rows.get(3)[1] = null;

        assertThatThrownBy(() -> read(numbers(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Row 2 should have a value in the column \"age\", but it is missing; 2 rows in all are like that,"
                                + " correct or remove them.");
    }

    @Test
    void rowsWithMissingCellsAreLeftOut() throws IOException {
        missing = MissingRule.LEAVE_OUT;
        rows.get(1)[0] = Double.NaN;
        rows.get(3)[1] = null;
        rows.get(5)[1] = "red";

        final DatasetPair pair = read(numbers(true));

        assertThat(pair.training().samples()).isEqualTo(2);
        assertThat(pair.training().number(1, 0)).isEqualTo(30);
        assertThat(pair.warnings()).contains("2 rows of table with missing cells were left out.");
    }

    @Test
    void missingCellsAreFilledIn() throws IOException {
        missing = MissingRule.FILL;
        rows.get(1)[0] = Double.NaN;
        rows.get(3)[1] = null;

        final DatasetPair pair = read(numbers(true));

        // age: 1, 1, 3 with the mean 5/3, which becomes 0; color: red twice, blue once
        assertThat(pair.training().numbers(1)[0]).isCloseTo(0, within(1e-6f));
        assertThat(pair.training().numbers(3)).endsWith(0, 1);
        assertThat(pair.warnings())
                .contains(
                        "2 missing cells of table were filled in with the mean or the most frequent text of the training"
                                + " data.");
    }

    @Test
    void rowsWithoutATargetAreLeftOut() throws IOException {
        rows.get(0)[2] = Double.NaN;
        rows.get(0)[3] = null;

        assertThat(read(numbers(true)).training().samples()).isEqualTo(3);
        assertThat(read(new Goal.Classes("kind")).warnings()).contains("1 row of table without a target was left out.");
        assertThat(read(new Goal.Features()).training().samples()).isEqualTo(4);
    }

    @Test
    void rowsThatASecondTableLacksAreSaidByItsName() throws IOException {
        missing = MissingRule.LEAVE_OUT;
        heldOut = new HeldOut.SourceTestFiles();
        rows.get(0)[0] = Double.NaN;
        validation = Optional.of(new ListRows(
                "second",
                COLUMNS,
                List.of(
                        row(5, "red", 7, "dog", 1),
                        row(5, "red", Double.NaN, "dog", 1),
                        row(Double.NaN, "red", 7, "dog", 1))));

        assertThat(read(numbers(true)).warnings())
                .contains(
                        "1 row of table with missing cells was left out.",
                        "1 row of second without a target was left out.",
                        "1 row of second with missing cells was left out.");
    }

    @Test
    void aTextThatTheTrainingPartLacksIsRefusedOrOther() throws IOException {
        rows.get(5)[1] = "green";

        assertThatThrownBy(() -> read(numbers(true)))
                .hasMessageContaining(
                        "The column \"color\" should hold texts of the training data, but in the held-out part"
                                + " of table it holds \"green\"");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith("training-1"));

        unknown = UnknownRule.OTHER;
        final DatasetPair pair = read(numbers(true));
        assertThat(pair.training().numbers(0)).containsExactly(-1, 0, 1);
        assertThat(pair.heldOut().orElseThrow().numbers(1)).endsWith(0, 0);
        assertThat(pair.warnings())
                .contains("The column \"color\" of the held-out data holds green, which the training data do not have;"
                        + " all its features are 0 for that.");
    }

    @Test
    void whatCannotBeTakenIsRefused() {
        rows.get(2)[0] = Double.POSITIVE_INFINITY;
        assertThatThrownBy(() -> read(numbers(true)))
                .hasMessage("Row 3 should have a finite number of single precision in the column \"age\", but it is"
                        + " infinite; correct it or remove the row.");
        rows.get(2)[0] = 1.0;
        weight = Optional.of("weight");
        rows.get(2)[4] = -1.0;
        assertThatThrownBy(() -> read(numbers(true)))
                .hasMessage(
                        "Row 3 should have a weight of at least 0 in the column \"weight\", but it is -1; correct it or"
                                + " remove the row.");
        rows.forEach(row -> row[4] = 0.0);
        assertThatThrownBy(() -> read(numbers(true)))
                .hasMessage("Some weight above 0 was expected in the column \"weight\", but all are 0; choose another"
                        + " column.");
        weight = Optional.empty();
        assertThatThrownBy(() -> read(new Goal.Classes("sort")))
                .hasMessage("The column \"sort\" was expected in table, but its columns are age, color, price, kind,"
                        + " weight; choose one of them.");
        assertThatThrownBy(() -> read(new Goal.Numbers(List.of("kind"), true)))
                .hasMessage("The column \"kind\" of table should hold numbers, but it holds text; convert it, or choose"
                        + " another one.");
        assertThatThrownBy(() -> read(new Goal.Classes("color")))
                .hasMessageContaining("two are called \"color\" in the chosen columns");
        rows.clear();
        assertThatThrownBy(() -> read(numbers(true)))
                .hasMessage("At least one row was expected in table, but there is none; choose other data.");
    }

    @Test
    void whatLooksWrongIsSaid() throws IOException {
        rows.forEach(row -> row[2] = row[0]);
        assertThat(read(numbers(true)).warnings())
                .contains(
                        "The column \"age\" is the target itself in all 4 rows to train on of table; leave it out unless it"
                                + " is known of new rows, too.");
        rows.forEach(row -> row[2] = 5.0);
        assertThat(read(numbers(true)).warnings())
                .contains("The target \"price\" is 5 in all 4 rows to train on of table; check that it is the right"
                        + " column.");
        rows.forEach(row -> row[3] = row[1]);
        assertThat(read(new Goal.Classes("kind")).warnings())
                .contains(
                        "The column \"age\" (and 1 more) of table tells the label by itself in all 4 samples to train on;"
                                + " remove it unless it is known of new samples, too.");
    }

    /** Other columns, in another order: the same samples, to the bit. */
    @Test
    void aModelFindsItsColumnsByName() throws IOException {
        final Preprocessing known =
                Preprocessing.UNKNOWN.completedBy(read(numbers(true)).training());
        final List<Column> turned = List.of(
                new Column("color", Kind.TEXT),
                new Column("extra", Kind.TEXT),
                new Column("age", Kind.NUMBER),
                new Column("price", Kind.NUMBER));
        final List<Object[]> others = new ArrayList<>();
        rows.forEach(row -> others.add(new Object[] {row[1], "x", row[0], row[2]}));
        heldOut = new HeldOut.None();

        final Dataset other = TableReader.read(
                        request(
                                new ListRows("turned", turned, others),
                                List.of(rule(turned.get(1)), rule(turned.get(0)), rule(turned.get(2))),
                                numbers(false)),
                        folder.resolve("turned"),
                        folder.resolve("none"),
                        done -> true)
                .training();
        final Dataset seen = known.of(other, "the validation data");

        assertThat(seen.numbers(4)).containsExactly(7, 0, 1);
        assertThat(seen.target()).isEqualTo(known.target());
        assertThat(seen.sampleShape().size()).isEqualTo(3);
    }

    /** Rows were encoded whole for each column that tells the classes apart: 2.3 GB for 4,000 columns of text. */
    @Test
    void manyColumnsAreReadInMemoryThatGrowsWithThem() throws IOException {
        final int count = 3_000;
        final List<Column> columns = new ArrayList<>(List.of(new Column("kind", Kind.TEXT)));
        IntStream.range(0, count).forEach(i -> columns.add(new Column("c" + i, Kind.TEXT)));
        final List<Object[]> wide = new ArrayList<>();
        for (int row = 0; row < 12; row++) {
            final Object[] cells = new Object[columns.size()];
            Arrays.fill(cells, "text " + row % 3);
            wide.add(cells);
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        final long before = threads.getCurrentThreadAllocatedBytes();
        final List<String> warnings = TableReader.read(
                        request(
                                new ListRows("wide", columns, wide),
                                columns.subList(1, columns.size()).stream()
                                        .map(this::rule)
                                        .toList(),
                                new Goal.Classes("kind")),
                        folder.resolve("wide"),
                        folder.resolve("held out"),
                        done -> true)
                .warnings();

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000L * count);
        assertThat(warnings)
                .contains(
                        "The column \"c0\" (and 2999 more) of wide tells the label by itself in all 10 samples to train"
                                + " on; remove it unless it is known of new samples, too.");
    }

    @Test
    void nothingIsLeftWhenItIsCancelled() {
        assertThatThrownBy(() -> TableReader.read(
                        request(table(), rules(), numbers(true)),
                        folder.resolve("a"),
                        folder.resolve("b"),
                        done -> done < 0.5))
                .isInstanceOf(CancellationException.class);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRowOfSeveralTroublesIsCountedOnce() {
        rows.get(1)[0] = Double.NaN;
        rows.get(1)[1] = null;
        rows.get(1)[2] = 1e39;

        assertThatThrownBy(() -> read(numbers(true)))
                .hasMessage(
                        "Row 2 should have a value in the column \"age\", but it is missing; correct it or remove the"
                                + " row.");
        rows.get(1)[0] = 1.0;
        rows.get(1)[1] = "red";
        assertThatThrownBy(() -> read(numbers(true)))
                .hasMessage(
                        "Row 2 should have a finite number of single precision in the column \"price\", but it is 1.0E39;"
                                + " correct it or remove the row.");
    }

    @Test
    void aColumnThatIsMissingInAllRowsIsRefused() {
        missing = MissingRule.FILL;
        rows.forEach(row -> row[1] = null);

        assertThatThrownBy(() -> read(numbers(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The column \"color\" should have a value in some row of the training data");
        missing = MissingRule.LEAVE_OUT;
        assertThatThrownBy(() -> read(numbers(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("all 6 lack a value");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tooManyCategoriesAreRefusedAndNothingIsLeft() {
        for (int i = 0; i <= 10_000; i++) {
            rows.add(row(i, "color " + i, i, "cat", 1));
        }

        assertThatThrownBy(() -> read(numbers(true)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("A column may have at most 10000 different texts, but \"color\" has more");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void ofNumbersARandomPartIsHeldOutAndALimitDrawsAtRandom() throws IOException {
        rows.clear();
        for (int i = 0; i < 100; i++) {
            rows.add(row(i, "red", i, "cat", 1));
        }
        heldOut = new HeldOut.StratifiedFraction(0.2, 1);
        limit = new Limit.Even(10, 3);

        final DatasetPair pair = read(numbers(true));

        final Set<Double> drawn = new HashSet<>();
        for (int sample = 0; sample < 10; sample++) {
            drawn.add(pair.training().number(sample, 0));
            drawn.add(pair.heldOut().orElseThrow().number(sample, 0));
        }
        assertThat(pair.training().samples()).isEqualTo(10);
        assertThat(pair.heldOut().orElseThrow().samples()).isEqualTo(10);
        assertThat(drawn).hasSize(20).anyMatch(number -> number > 70).anyMatch(number -> number < 30);
    }

    @Test
    void theSameSeedWritesTheSameFiles() throws IOException {
        heldOut = new HeldOut.StratifiedFraction(0.4, 5);
        weight = Optional.of("weight");

        final DatasetPair one = read(numbers(true));
        final DatasetPair other = read(numbers(true));

        for (final String file : List.of("dataset.json", "features.bin", "targets.bin", "weights.bin")) {
            assertThat(one.training().folder().resolve(file))
                    .hasSameBinaryContentAs(other.training().folder().resolve(file));
            assertThat(one.heldOut().orElseThrow().folder().resolve(file))
                    .hasSameBinaryContentAs(
                            other.heldOut().orElseThrow().folder().resolve(file));
        }
    }

    @Test
    void aTableThatChangesWhileItIsReadIsRefused() {
        assertThatThrownBy(() -> TableReader.read(
                        request(table(), rules(), numbers(true)), folder.resolve("a"), folder.resolve("b"), done -> {
                            if (done >= 0.5) {
                                rows.add(row(1, "red", 1, "cat", 1));
                            }
                            return true;
                        }))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "6 rows were expected, but there were 7 when they were read again; change nothing while a table"
                                + " is read.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theProgressGoesFromZeroToOne() throws IOException {
        for (int i = 0; i < 5000; i++) {
            rows.add(row(i, "red", i, "cat", 1));
        }
        validation = Optional.of(table());
        final List<Double> done = new ArrayList<>();

        TableReader.read(request(table(), rules(), numbers(true)), folder.resolve("a"), folder.resolve("b"), done::add);

        assertThat(done).isSorted();
        assertThat(done.get(0)).isBetween(0.0, 0.01);
        assertThat(done.get(done.size() - 1)).isBetween(0.9, 1.0);
    }

    /** The limit, of this thread's time alone, is 200,000 rows a second. */
    @Test
    void twentyColumnsAreReadFastEnough() throws IOException {
        final List<Column> columns = IntStream.range(0, 20)
                .mapToObj(i -> new Column("c" + i, i % 5 == 4 ? Kind.TEXT : Kind.NUMBER))
                .toList();
        final SplittableRandom random = new SplittableRandom(1);
        final List<Object[]> many = IntStream.range(0, 100_000)
                .mapToObj(row -> IntStream.range(0, 20)
                        .mapToObj(i -> i % 5 == 4 ? String.valueOf(random.nextInt(i)) : (Object) random.nextDouble())
                        .toArray())
                .toList();
        final TableRequest request = request(
                new ListRows("many", columns, many),
                columns.subList(0, 19).stream().map(this::rule).toList(),
                new Goal.Classes("c19"));
        TableReader.read(request, folder.resolve("a"), folder.resolve("b"), done -> true);

        final long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        TableReader.read(request, folder.resolve("c"), folder.resolve("d"), done -> true);
        final double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;

        assertThat(seconds).isLessThan(0.5);
    }

    private static Goal numbers(final boolean standardized) {
        return new Goal.Numbers(List.of("price"), standardized);
    }

    /** Only rows that windows go over have gaps. */
    @Test
    void aDescriptionThatKnowsGapsOfSingleRowsIsDamaged() throws IOException {
        final Path description = read(numbers(true)).training().folder().resolve("dataset.json");
        Files.writeString(
                description, Files.readString(description).replace("\"weighted\"", "\"gaps\": true, \"weighted\""));

        assertThatThrownBy(() -> Dataset.open(description.getParent()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("gaps");
    }

    private DatasetPair read(final Goal goal) throws IOException {
        read++;
        return TableReader.read(
                request(table(), rules(), goal),
                folder.resolve("training-" + read),
                folder.resolve("held-out-" + read),
                done -> true);
    }

    private TableRows table() {
        return new ListRows("table", COLUMNS, rows);
    }

    private List<ColumnRule> rules() {
        return COLUMNS.subList(0, 2).stream().map(this::rule).toList();
    }

    private ColumnRule rule(final Column column) {
        return new ColumnRule(column, NumberScaling.STANDARDIZED, missing, unknown);
    }

    private TableRequest request(final TableRows table, final List<ColumnRule> rules, final Goal goal) {
        return new TableRequest(
                table,
                validation,
                rules,
                goal,
                weight,
                new ReadRequest.Split(validation.isPresent() ? new HeldOut.SourceTestFiles() : heldOut, false, limit));
    }

    private static Object[] row(
            final double age, final String color, final double price, final String kind, final double weight) {
        return new Object[] {age, color, price, kind, weight};
    }
}
