package org.gradienttape.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.column.Windows;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.MemoryTable;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.data.table.TableRequest.Goal;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowReadingTest {
    private static final Column DAY = new Column("day", Kind.TEXT);
    private static final Column SHOP = new Column("shop", Kind.TEXT);

    @TempDir
    private Path folder;

    private Column order = DAY;
    private Optional<Column> group = Optional.empty();
    private int length = 3;
    private int horizon = 1;
    private boolean gapsRefused;
    private MissingRule missing = MissingRule.REFUSE;
    private NumberScaling scaling = NumberScaling.AS_IT_IS;
    private HeldOut heldOut = new HeldOut.None();
    private Optional<TableRows> validation = Optional.empty();
    private Limit limit = new Limit.None();
    private List<String> features = List.of("sales");
    private Goal goal = new Goal.Numbers(List.of("sales"), false);
    private int read;

    @Test
    void aWindowIsRowsThatFollowOneAnotherAndPredictsTheRowBehindThem() throws IOException {
        final Dataset data = read(days(10, 11, 12, 13, 14, 15)).training();

        assertThat(data.samples()).isEqualTo(3);
        assertThat(data.sampleShape()).isEqualTo(Shape.of(3, 1));
        assertThat(data.numbers(0)).containsExactly(10, 11, 12);
        assertThat(data.number(0, 0)).isEqualTo(13);
        assertThat(data.numbers(2)).containsExactly(12, 13, 14);
        assertThat(data.number(2, 0)).isEqualTo(15);
    }

    @Test
    void theHorizonSaysHowFarAheadTheTargetIs() throws IOException {
        horizon = 2;

        final Dataset data = read(days(10, 11, 12, 13, 14, 15)).training();

        assertThat(data.samples()).isEqualTo(2);
        assertThat(data.numbers(1)).containsExactly(11, 12, 13);
        assertThat(data.number(1, 0)).isEqualTo(15);
    }

    @Test
    void atAHorizonOf0TheLastRowOfTheWindowIsPredicted() throws IOException {
        horizon = 0;
        goal = new Goal.Classes("weather");
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number", "weather:text");
        for (int day = 1; day <= 5; day++) {
            table.row("2020-01-0" + day, 10 + day, day % 2 == 0 ? "sun" : "rain");
        }

        final Dataset data = read(table).training();

        assertThat(data.samples()).isEqualTo(3);
        assertThat(data.numbers(0)).containsExactly(11, 12, 13);
        assertThat(data.classNames().get(data.label(0))).isEqualTo("rain");
        assertThat(data.classNames().get(data.label(1))).isEqualTo("sun");
    }

    @Test
    void severalColumnsAreRowsOfTheSampleAndSeveralTargets() throws IOException {
        features = List.of("sales", "price");
        goal = new Goal.Numbers(List.of("price", "sales"), false);
        final MemoryTable table = new MemoryTable("t", "price:number", "day:text", "sales:number");
        for (int day = 1; day <= 4; day++) {
            table.row(100 + day, "2020-01-0" + day, 10 + day);
        }

        final Dataset data = read(table).training();

        assertThat(data.sampleShape()).isEqualTo(Shape.of(3, 2));
        assertThat(data.numbers(0)).containsExactly(11, 101, 12, 102, 13, 103);
        assertThat(data.number(0, 0)).isEqualTo(104);
        assertThat(data.number(0, 1)).isEqualTo(14);
    }

    @Test
    void rowsInAnyOrderGiveTheSameSamples() throws IOException {
        final List<Object[]> rows = new ArrayList<>();
        for (int day = 1; day <= 28; day++) {
            rows.add(new Object[] {String.format("2020-02-%02d", day), day});
        }
        heldOut = new HeldOut.LastFraction(0.3);
        final DatasetPair sorted = read(table(rows));
        Collections.reverse(rows);
        final DatasetPair reversed = read(table(rows));
        Collections.shuffle(rows, new Random(7));
        final DatasetPair shuffled = read(table(rows));

        assertThat(reversed.training().sum()).isEqualTo(sorted.training().sum());
        assertThat(shuffled.training().sum()).isEqualTo(sorted.training().sum());
        assertThat(shuffled.heldOut().orElseThrow().sum())
                .isEqualTo(sorted.heldOut().orElseThrow().sum());
    }

    @Test
    void noWindowReachesOverTheSplitOrIntoAnotherGroup() throws IOException {
        order = new Column("time", Kind.NUMBER);
        group = Optional.of(SHOP);
        heldOut = new HeldOut.LastFraction(0.25);
        // a sale says when it was, and a price where
        features = List.of("sales", "price");
        goal = new Goal.Numbers(List.of("sales", "price"), false);
        final List<Object[]> rows = new ArrayList<>();
        for (int time = 0; time < 100; time++) {
            for (int shop = 0; shop < 3; shop++) {
                if (time >= 10 * shop) {
                    rows.add(new Object[] {time, "shop " + shop, time, shop});
                }
            }
        }
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(rows, new Random(seed));
            length = 1 + seed % 7;
            horizon = 1 + seed % 3;
            final MemoryTable table = new MemoryTable("t", "time:number", "shop:text", "sales:number", "price:number");
            rows.forEach(table::row);
            final DatasetPair pair = read(table);

            final Set<Double> trained = new HashSet<>();
            final Set<Double> validated = new HashSet<>();
            times(pair.training(), trained);
            times(pair.heldOut().orElseThrow(), validated);
            assertThat(trained).doesNotContainAnyElementsOf(validated);
            assertThat(Collections.max(trained)).isLessThan(Collections.min(validated));
            // of the 270 rows, at least a quarter is held out: the last 23 times of three shops
            assertThat(Collections.min(validated)).isEqualTo(77);
            final int held = 3 * (23 - length - horizon + 1);
            assertThat(pair.heldOut().orElseThrow().samples()).isEqualTo(held);
        }
    }

    /** Adds all times that the samples and their targets are of. */
    private void times(final Dataset data, final Set<Double> times) {
        for (int sample = 0; sample < data.samples(); sample++) {
            final float[] numbers = data.numbers(sample);
            for (int row = 0; row < length; row++) {
                times.add((double) numbers[2 * row]);
                assertThat((double) numbers[2 * row + 1]).isEqualTo(data.number(sample, 1));
                assertThat(data.number(sample, 0) - numbers[2 * row]).isEqualTo(length - 1 - row + horizon);
            }
            times.add(data.number(sample, 0));
        }
    }

    @Test
    void encodingAndTargetAreLearnedFromTheTrainingPartAlone() throws IOException {
        scaling = NumberScaling.STANDARDIZED;
        goal = new Goal.Numbers(List.of("sales"), true);
        heldOut = new HeldOut.LastSamples(4);

        final DatasetPair pair = read(days(1, 3, 1, 3, 1, 3, 1000, 1001, 1002, 1003));

        final NumberEncoding sales = (NumberEncoding) pair.training()
                .info()
                .columns()
                .orElseThrow()
                .encoding()
                .columns()
                .get(0);
        assertThat(sales.shift()).isEqualTo(2);
        assertThat(sales.divisor()).isEqualTo(1);
        assertThat(pair.heldOut().orElseThrow().info().columns().orElseThrow().encoding())
                .isEqualTo(pair.training().info().columns().orElseThrow().encoding());
        // the targets of the training windows are 3, 1, 3
        assertThat(pair.training().target().toString()).isEqualTo("sales");
        assertThat(pair.heldOut().orElseThrow().numbers(0)).containsExactly(998, 999, 1000);
    }

    @Test
    void aSecondTableHasWindowsOfItsOwn() throws IOException {
        validation = Optional.of(days(20, 21, 22, 23));
        heldOut = new HeldOut.SourceTestFiles();

        final DatasetPair pair = read(days(10, 11, 12, 13, 14));

        assertThat(pair.training().samples()).isEqualTo(2);
        assertThat(pair.heldOut().orElseThrow().samples()).isEqualTo(1);
        assertThat(pair.heldOut().orElseThrow().numbers(0)).containsExactly(20, 21, 22);
    }

    @Test
    void whatIsSaidOfASecondTableIsSaidByItsName() throws IOException {
        features = List.of("price");
        missing = MissingRule.LEAVE_OUT;
        heldOut = new HeldOut.SourceTestFiles();
        length = 1;
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number", "price:number")
                .row("2020-01-01", 1, 1)
                .row("2020-01-02", 2, 2);
        validation = Optional.of(new MemoryTable("second", "day:text", "sales:number", "price:number")
                .row("2020-01-01", 1, null)
                .row("2020-01-02", null, 2)
                .row("2020-01-04", 4, 4)
                .row("2020-01-06", 6, 6));

        assertThat(read(table).warnings())
                .contains(
                        "1 row of second without a target was left out of what is predicted.",
                        "Windows over 1 row of second with missing cells were left out.",
                        "The rows of second are not evenly spaced in the column \"day\" (2 gaps): 2020-01-04 comes next after"
                                + " 2020-01-02.")
                .noneMatch(sentence -> sentence.contains(" of t "));
        gapsRefused = true;
        assertRefused(
                table, "The rows of second should be evenly spaced in the column \"day\", but 2020-01-04 comes next");
        gapsRefused = false;
        horizon = 0;
        validation = Optional.of(
                new MemoryTable("second", "day:text", "sales:number", "price:number").row("2020-01-01", null, 1));
        assertRefused(table, "was expected in second, but its row has none; make the window shorter");
    }

    @Test
    void aTimeThatComesTwiceIsRefused() {
        assertRefused(
                new MemoryTable("t", "day:text", "sales:number")
                        .row("2020-01-01", 1)
                        .row("2020-01-02", 2)
                        .row("2020-01-01", 3)
                        .row("2020-01-03", 4),
                "Each row of t should have a time of its own in the column \"day\", but 2020-01-01 comes twice; leave one of"
                        + " the rows out, or choose the column that tells series apart.");
        group = Optional.of(SHOP);
        assertRefused(
                new MemoryTable("t", "day:text", "sales:number", "shop:text")
                        .row("2020-01-01", 1, "a")
                        .row("2020-01-01", 2, "b")
                        .row("2020-01-01", 3, "b"),
                "Each row of t should have a time of its own in the column \"day\", but 2020-01-01 comes twice in the group"
                        + " \"b\"; leave one of the rows out.");
    }

    @Test
    void aMissingOrWrongTimeIsRefusedByItsRow() {
        assertRefused(
                new MemoryTable("t", "day:text", "sales:number")
                        .row("2020-01-01", 1)
                        .row(null, 2),
                "Row 2 of t should have a time in the column \"day\", which puts rows in order, but it is missing");
        assertRefused(
                new MemoryTable("t", "day:text", "sales:number").row("yesterday", 1),
                "Row 1 of t should have a date or time such as 2020-01-31 in the column \"day\", which puts rows in order,"
                        + " but it holds \"yesterday\"");
        assertRefused(
                new MemoryTable("t", "day:text", "sales:number")
                        .row("2020-01-01", 1)
                        .row("2020-01-02T10:00", 2),
                "Row 2 of t should have a date such as 2020-01-31 in the column \"day\", as \"2020-01-01\" is, but it holds"
                        + " \"2020-01-02T10:00\"");
        assertRefused(
                new MemoryTable("t", "day:text", "sales:number").row("9999-12-31 00:00:00", 1),
                "Row 1 of t should have a date and time from 1677 to 2262 such as 2020-01-31T12:30 in the column \"day\", but"
                        + " it holds \"9999-12-31 00:00:00\"");
        assertRefused(
                new MemoryTable("t", "day:text", "sales:number")
                        .row("2020-01-01T10:00Z", 1)
                        .row("9999-12-31T00:00Z", 2),
                "Row 2 of t should have a date and time with a zone from 1677 to 2262 such as 2020-01-31T12:30+01:00 in the"
                        + " column \"day\", as \"2020-01-01T10:00Z\" is, but it holds \"9999-12-31T00:00Z\"");
        order = new Column("day", Kind.NUMBER);
        assertRefused(
                new MemoryTable("t", "day:number", "sales:number").row(1, 1).row(Double.POSITIVE_INFINITY, 2),
                "Row 2 of t should have a finite number in the column \"day\", which puts rows in order, but it is"
                        + " infinite");
    }

    @Test
    void aMissingGroupIsRefused() {
        group = Optional.of(SHOP);

        assertRefused(
                new MemoryTable("t", "day:text", "sales:number", "shop:text").row("2020-01-01", 1, null),
                "Row 1 of t should have a value in the column \"shop\", which tells groups apart, but it is missing");
    }

    @Test
    void aWindowLongerThanAGroupIsRefusedByTheGroupsName() {
        assertRefused(
                days(1, 2, 3),
                "At least 4 rows were expected in t for a window of 3 rows and a target 1 row later, but it has 3; make the"
                        + " window shorter.");
        group = Optional.of(SHOP);
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number", "shop:text");
        for (int day = 1; day < 9; day++) {
            table.row("2020-01-0" + day, day, "large");
        }
        table.row("2020-01-01", 1, "tiny");
        assertRefused(
                table,
                "At least 4 rows were expected in the group \"tiny\" of t for a window of 3 rows and a target 1 row later,"
                        + " but it has 1; make the window shorter, or leave the group out.");
    }

    @Test
    void aPartWithoutAWindowIsRefused() {
        heldOut = new HeldOut.LastSamples(2);

        assertRefused(
                days(1, 2, 3, 4, 5, 6),
                "At least one window of 3 rows with its target was expected in the held-out part of t, but its 2 rows have"
                        + " none; make the window shorter or that part larger, or fill in what is missing.");
    }

    @Test
    void aRandomPartIsRefused() {
        heldOut = new HeldOut.RandomFraction(0.5, 1);

        assertRefused(
                days(1, 2, 3, 4, 5, 6),
                "The last part in time was expected to be held out, since windows over time cannot be divided at random;"
                        + " hold out the last rows.");
    }

    @Test
    void gapsAreKeptAndToldOrRefused() throws IOException {
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number")
                .row("2020-01-01", 1)
                .row("2020-01-02", 2)
                .row("2020-01-03", 3)
                .row("2020-01-06", 4)
                .row("2020-01-07", 5);

        final DatasetPair kept = read(table);

        assertThat(kept.training().samples()).isEqualTo(2);
        assertThat(kept.warnings())
                .contains(
                        "The rows of t are not evenly spaced in the column \"day\" (1 gap): 2020-01-06 comes next after"
                                + " 2020-01-03.");
        gapsRefused = true;
        assertRefused(
                table,
                "The rows of t should be evenly spaced in the column \"day\", but 2020-01-06 comes next after 2020-01-03;"
                        + " add the rows between, or let gaps be kept.");
    }

    @Test
    void monthsAreEvenlySpaced() throws IOException {
        gapsRefused = true;
        for (final String day : List.of("-01", "-15", "", "-01T00:00", "-01T00:00:00Z")) {
            final MemoryTable table = new MemoryTable("t", "day:text", "sales:number");
            for (int month = 0; month < 24; month++) {
                table.row(String.format("%d-%02d%s", 2019 + month / 12, month % 12 + 1, day), month);
            }
            assertThat(read(table).training().samples()).isEqualTo(21);
        }
        final MemoryTable ends = new MemoryTable("t", "day:text", "sales:number");
        for (final String end : List.of("01-31", "02-29", "03-31", "04-30", "05-31")) {
            ends.row("2020-" + end, 1);
        }
        assertThat(read(ends).training().samples()).isEqualTo(2);
        final MemoryTable fourWeekly = new MemoryTable("t", "day:text", "sales:number");
        for (final String day : List.of("02-01", "03-01", "04-01", "04-29")) {
            fourWeekly.row("2019-" + day, 1);
        }
        assertRefused(
                fourWeekly,
                "The rows of t should be evenly spaced in the column \"day\", but 2019-04-01 comes next after 2019-03-01;"
                        + " add the rows between, or let gaps be kept.");
    }

    @Test
    void zonesAreComparedByTheMomentThatTheyMean() throws IOException {
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number")
                .row("2020-01-01T12:00+01:00[Europe/Berlin]", 2) // 11:00
                .row("2020-01-01T05:30-05:00[America/New_York]", 1) // 10:30
                .row("2020-01-01T23:00+11:00", 4) // 12:00
                .row("2020-01-01T11:30Z", 3);

        final Dataset data = read(table).training();

        assertThat(data.numbers(0)).containsExactly(1, 2, 3);
        assertThat(data.number(0, 0)).isEqualTo(4);
    }

    /** New York's clocks went on three weeks before Berlin's. */
    @Test
    void eachGroupHasDaysOfItsOwnClock() throws IOException {
        gapsRefused = true;
        group = Optional.of(SHOP);
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number", "shop:text");
        final ZonedDateTime berlin = ZonedDateTime.parse("2020-03-01T06:00+01:00[Europe/Berlin]");
        final ZonedDateTime york = ZonedDateTime.parse("2020-03-01T06:00-05:00[America/New_York]");
        for (int day = 0; day < 40; day++) {
            table.row(berlin.plusDays(day).toString(), day, "Berlin")
                    .row(york.plusDays(day).toString(), day, "New York");
        }

        assertThat(read(table).training().samples()).isEqualTo(2 * 37);
    }

    @Test
    void windowsOverMissingCellsAreLeftOutAndARowWithoutTargetIsNotPredicted() throws IOException {
        features = List.of("price");
        missing = MissingRule.LEAVE_OUT;
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number", "price:number")
                .row("2020-01-01", 11, 1)
                .row("2020-01-02", 12, null)
                .row("2020-01-03", 13, 3)
                .row("2020-01-04", 14, 4)
                .row("2020-01-05", null, 5)
                .row("2020-01-06", 16, 6)
                .row("2020-01-07", null, 7)
                .row("2020-01-08", 18, 8);

        final DatasetPair pair = read(table);

        assertThat(pair.training().samples()).isEqualTo(2);
        assertThat(pair.training().numbers(0)).containsExactly(3, 4, 5);
        assertThat(pair.training().number(0, 0)).isEqualTo(16);
        assertThat(pair.training().numbers(1)).containsExactly(5, 6, 7);
        assertThat(pair.training().number(1, 0)).isEqualTo(18);
        assertThat(pair.warnings())
                .contains(
                        "2 rows of t without a target were left out of what is predicted.",
                        "Windows over 1 row of t with missing cells were left out.");
    }

    @Test
    void aLimitLeavesSoManyWindowsOfEachPart() throws IOException {
        limit = new Limit.Even(2, 3);

        final Dataset data = read(days(1, 2, 3, 4, 5, 6, 7, 8, 9)).training();

        assertThat(data.samples()).isEqualTo(2);
        assertThat(data.number(0, 0)).isEqualTo(data.numbers(0)[2] + 1.0);
    }

    @Test
    void aModelsEncodingIsPutOverOtherWindowsIfTheyAreAsLong() throws IOException {
        scaling = NumberScaling.STANDARDIZED;
        final Dataset training = read(days(1, 2, 3, 4, 5)).training();
        final Dataset other = read(days(11, 12, 13, 14, 15, 16)).training();
        final Preprocessing model = Preprocessing.UNKNOWN.completedBy(training);

        final Dataset seen = model.of(other, "the validation data");

        // the mean of 1 to 5 is 3, and their deviation the root of 2
        assertThat(seen.numbers(0)[0]).isEqualTo((float) (8 / Math.sqrt(2)));
        length = 2;
        final Dataset shorter = read(days(11, 12, 13, 14, 15, 16)).training();
        assertThatThrownBy(() -> model.of(shorter, "the validation data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The model learned from windows of 3 rows with a horizon of 1, but the validation data t has"
                                + " windows of 2 rows with a horizon of 1; make its samples in the same way.");
    }

    /** Rows without gaps are as good where they would have been kept. */
    @Test
    void aModelThatRefusesGapsTakesNoWindowsOverGaps() throws IOException {
        gapsRefused = true;
        final Preprocessing model =
                Preprocessing.UNKNOWN.completedBy(read(days(1, 2, 3, 4, 5)).training());
        gapsRefused = false;
        final Dataset even = read(days(11, 12, 13, 14, 15)).training();
        final MemoryTable days = new MemoryTable("t", "day:text", "sales:number");
        for (final int day : new int[] {1, 2, 3, 4, 6, 7, 8, 9}) {
            days.row("2020-01-0" + day, day);
        }
        final Dataset gaps = read(days).training();
        heldOut = new HeldOut.LastSamples(4);
        final DatasetPair gapInBetween = read(days);

        assertThat(model.of(even, "the validation data").samples()).isEqualTo(2);
        assertThat(model.of(gapInBetween.training(), "the validation data").samples())
                .isEqualTo(1);
        assertThat(model.of(gapInBetween.heldOut().orElseThrow(), "the validation data")
                        .samples())
                .isEqualTo(1);
        assertThatThrownBy(() -> model.of(Dataset.open(gaps.folder()), "the validation data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The model learned from rows that are evenly spaced in the column \"day\", and refuses gaps, but"
                                + " the validation data t has some; add the rows between, or train a model that keeps gaps.");
    }

    @Test
    void eachPartKnowsItsOwnGaps() throws IOException {
        final MemoryTable days = new MemoryTable("t", "day:text", "sales:number");
        for (final int day : new int[] {1, 2, 3, 4, 5, 6, 7, 9}) {
            days.row("2020-01-0" + day, day);
        }
        heldOut = new HeldOut.LastSamples(4);
        final DatasetPair pair = read(days);

        assertThat(pair.training().info().columns().orElseThrow().haveGaps()).isFalse();
        assertThat(pair.heldOut().orElseThrow().info().columns().orElseThrow().haveGaps())
                .isTrue();
    }

    @Test
    void aRowThatAModelCannotTakeIsSaidByItsPlaceInTheOrderOfTime() throws IOException {
        final Preprocessing model =
                Preprocessing.UNKNOWN.completedBy(read(days(1, 2, 3, 4, 5)).training());
        missing = MissingRule.FILL;
        final Dataset other = read(new MemoryTable("t", "day:text", "sales:number")
                        .row("2020-01-04", 4)
                        .row("2020-01-03", null)
                        .row("2020-01-02", 2)
                        .row("2020-01-01", 1)
                        .row("2020-01-05", 5))
                .training();

        assertThatThrownBy(() -> model.of(other, "the validation data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "Row 3 of the validation data t, counted group by group in the order of time, cannot be used, since");
    }

    @Test
    void aDatasetOfWindowsIsTheSameWhenItIsOpenedAgain() throws IOException {
        final Dataset written = read(days(1, 2, 3, 4, 5, 6)).training();

        final Dataset opened = Dataset.open(written.folder());

        assertThat(opened.info()).isEqualTo(written.info());
        assertThat(opened.sum()).isEqualTo(written.sum());
        assertThat(opened.numbers(2)).containsExactly(3, 4, 5);
    }

    @Test
    void aLongSeriesIsReadWithoutBeingInMemoryAsWindows() throws IOException {
        order = new Column("day", Kind.NUMBER);
        length = 100;
        final int rows = 50_000;
        final MemoryTable table = new MemoryTable("t", "day:number", "sales:number");
        for (int row = 0; row < rows; row++) {
            table.row(row, row % 1000);
        }

        final Dataset data = read(table).training();

        assertThat(data.samples()).isEqualTo(rows - 100);
        // each row is stored once: 8 bytes for its cell, and for each window 4 for its first row and 8 for its target
        assertThat(data.info().bytes()).isEqualTo(8L * rows + 12L * (rows - 100));
        assertThat(data.numbers(7)[99]).isEqualTo(106);
    }

    private void assertRefused(final TableRows table, final String message) {
        assertThatThrownBy(() -> read(table))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private static MemoryTable days(final int... sales) {
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number");
        for (int day = 0; day < sales.length; day++) {
            table.row(String.format("2020-01-%02d", day + 1), sales[day]);
        }
        return table;
    }

    private static MemoryTable table(final List<Object[]> rows) {
        final MemoryTable table = new MemoryTable("t", "day:text", "sales:number");
        rows.forEach(table::row);
        return table;
    }

    private DatasetPair read(final TableRows table) throws IOException {
        read++;
        final TableRequest request = new TableRequest(
                table,
                validation,
                features.stream()
                        .map(name ->
                                new ColumnRule(new Column(name, Kind.NUMBER), scaling, missing, UnknownRule.REFUSE))
                        .toList(),
                goal,
                Optional.empty(),
                new ReadRequest.Split(heldOut, false, limit),
                Optional.of(new Windows(order, group, length, horizon, gapsRefused)));
        return TableReader.read(
                request, folder.resolve("training-" + read), folder.resolve("held-out-" + read), done -> true);
    }
}
