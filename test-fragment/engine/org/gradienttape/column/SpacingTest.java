package org.gradienttape.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes next, and whether rows are evenly spaced, of texts in one column. */
class SpacingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01|2020-02|2020-03",
                "2019-11|2020-01|2020-03",
                "2020-01-30|2020-01-31|2020-02-01",
                "2021-02-01|2021-03-01|2021-04-01",
                "2021-01-31|2021-02-28|2021-03-31",
                "2021-02-28|2021-03-31|2021-04-30",
                "2020-11-30|2020-12-31|2021-01-31",
                "2020-02-29|2021-02-28|2022-02-28",
                "2021-01-15|2021-02-15|2021-03-15",
                "2020-12-31|2021-01-28|2021-02-25",
                "12:30|13:00|13:30",
                "2020-01-31T23:30|2020-02-01T00:00|2020-02-01T00:30",
                "2021-01-31 06:00|2021-02-28 06:00|2021-03-31 06:00",
                "2021-01-31T06:00|2021-02-28T07:00|2021-03-28T08:00",
                "1969-12-31T23:59:59|1970-01-01T00:00|1970-01-01T00:00:01",
                "2020-01-31T12:30+01:00|2020-01-31T13:30+01:00|2020-01-31T14:30+01:00",
                "2020-01-31 12:30Z[UTC]|2020-01-31 13:30Z[UTC]|2020-01-31 14:30Z[UTC]",
                "2020-01-31 12:30:00|2020-01-31 12:45:00|2020-01-31 13:00:00",
                "2020-01-31T12:30:00Z|2020-01-31T12:30:45Z|2020-01-31T12:31:30Z",
                "2020-01-31T12:30:00.001|2020-01-31T12:30:00.002|2020-01-31T12:30:00.003",
                "2020-01-31T12:30:00.000001Z|2020-01-31T12:30:00.000002Z|2020-01-31T12:30:00.000003Z",
                "12:30:00|13:00:00|13:30:00"
            })
    void whatComesNextFollowsInTheSameStep(final String first, final String second, final String third) {
        final Rows rows = new Rows(first, second);

        assertThat(rows.spacing.isKnown()).isTrue();
        assertThat(rows.order.text(rows.next(1))).isEqualTo(third);
        assertThat(new Rows(first, second, third).isEven).isTrue();
        assertThat(rows.spacing.isGap(rows.times[1], rows.time(third))).isFalse();
    }

    /** In 2020 Berlin's clocks went from 02:00 to 03:00 on 29 March, and from 03:00 to 02:00 on 25 October. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-03-28T00:00+01:00|2020-03-29T00:00+01:00|2020-03-30T00:00+02:00",
                "2020-03-29T00:00+01:00|2020-03-30T00:00+02:00|2020-03-31T00:00+02:00",
                "2020-10-24T00:00+02:00|2020-10-25T00:00+02:00|2020-10-26T00:00+01:00",
                "2020-10-14T06:00+02:00|2020-10-21T06:00+02:00|2020-10-28T06:00+01:00",
                "2020-02-01T00:00+01:00|2020-03-01T00:00+01:00|2020-04-01T00:00+02:00",
                "2020-08-31T00:00+02:00|2020-09-30T00:00+02:00|2020-10-31T00:00+01:00",
                "2020-10-25T01:00+02:00|2020-10-25T02:00+02:00|2020-10-25T02:00+01:00",
                "2020-03-29T00:00+01:00|2020-03-29T01:00+01:00|2020-03-29T03:00+02:00"
            })
    void daysAndMonthsAreThoseOfTheClockOnTheWall(final String first, final String second, final String third) {
        whatComesNextFollowsInTheSameStep(
                first + "[Europe/Berlin]", second + "[Europe/Berlin]", third + "[Europe/Berlin]");
    }

    /** All of these are a day after the one before, though one is so by 23 hours; an offset is enough to know the clock. */
    @ParameterizedTest
    @ValueSource(strings = {"", "[Europe/Berlin]"})
    void aShorterDayIsNoShorterStep(final String zone) {
        final Rows rows = new Rows(
                "2020-03-27T06:00+01:00" + zone,
                "2020-03-28T06:00+01:00" + zone,
                "2020-03-29T06:00+02:00" + zone,
                "2020-03-31T06:00+02:00" + zone,
                "2020-04-01T06:00+02:00" + zone);

        assertThat(IntStream.range(1, 5).filter(i -> rows.spacing.isGap(rows.times[i - 1], rows.times[i])))
                .containsExactly(3);
        assertThat(rows.order.text(rows.next(4))).isEqualTo("2020-04-02T06:00+02:00" + zone);
    }

    /** The night of 29 March was an hour shorter, that of 25 October an hour longer; an offset is enough to know the clock. */
    @ParameterizedTest
    @CsvSource({
        "2020-03-28T06:00+01:00, 8, 2020-03-31T06:00+02:00, 2020-03-31T14:00+02:00",
        "2020-03-28T22:00+01:00, 8, 2020-03-31T06:00+02:00, 2020-03-31T14:00+02:00",
        "2020-10-24T06:00+02:00, 8, 2020-10-27T06:00+01:00, 2020-10-27T14:00+01:00",
        "2020-03-28T06:00+01:00, 12, 2020-03-31T06:00+02:00, 2020-03-31T18:00+02:00"
    })
    void shiftsKeepToTheClockOnTheWall(final String first, final int hours, final String last, final String next) {
        final ZoneId berlin = ZoneId.of("Europe/Berlin");
        final LocalDateTime start = OffsetDateTime.parse(first).toLocalDateTime();
        final LocalDateTime end = OffsetDateTime.parse(last).toLocalDateTime();
        for (final DateTimeFormatter writer :
                List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME, DateTimeFormatter.ISO_ZONED_DATE_TIME)) {
            final Rows rows = new Rows(Stream.iterate(start, time -> !time.isAfter(end), time -> time.plusHours(hours))
                    .map(time -> time.atZone(berlin).format(writer))
                    .toArray(String[]::new));

            assertThat(rows.isEven).isTrue();
            assertThat(IntStream.range(1, rows.times.length)
                            .filter(i -> rows.spacing.isGap(rows.times[i - 1], rows.times[i])))
                    .isEmpty();
            assertThat(rows.order.text(rows.next(rows.times.length - 1))).startsWith(next.substring(0, 16));
        }
    }

    /** From there on the shifts begin at the same times by the clock, as they did in March. */
    @Test
    void shiftsThatKeptToTheClockOnceDoSoAgain() {
        final Rows rows = new Rows(
                "2020-03-28T22:00+01:00[Europe/Berlin]",
                "2020-03-29T06:00+02:00[Europe/Berlin]",
                "2020-03-29T14:00+02:00[Europe/Berlin]",
                "2020-10-24T14:00+02:00[Europe/Berlin]",
                "2020-10-24T22:00+02:00[Europe/Berlin]");

        assertThat(rows.spacing.isGap(rows.times[2], rows.times[3])).isTrue();
        assertThat(rows.order.text(rows.next(4))).isEqualTo("2020-10-25T06:00+01:00[Europe/Berlin]");
    }

    /** Every six hours of UTC, and every hour, are so in a zone, too; and a missing hour of 25 October is a gap. */
    @Test
    void stepsOfTheSameLengthDoNotKeepToTheClock() {
        final Rows six = new Rows(
                "2020-03-28T19:00+01:00[Europe/Berlin]",
                "2020-03-29T01:00+01:00[Europe/Berlin]",
                "2020-03-29T08:00+02:00[Europe/Berlin]",
                "2020-10-25T01:00+02:00[Europe/Berlin]");
        final Rows hours = new Rows(
                "2020-10-25T00:00+02:00[Europe/Berlin]",
                "2020-10-25T01:00+02:00[Europe/Berlin]",
                "2020-10-25T02:00+01:00[Europe/Berlin]");

        assertThat(six.spacing.isGap(six.times[1], six.times[2])).isFalse();
        assertThat(six.order.text(six.next(3))).isEqualTo("2020-10-25T06:00+01:00[Europe/Berlin]");
        assertThat(hours.spacing.isGap(hours.times[1], hours.times[2])).isTrue();
    }

    /** On 29 March there was no 02:30 in Berlin, but a day later there was. */
    @Test
    void aTimeThatADayDoesNotHaveComesBackADayLater() {
        final Rows rows = new Rows("2020-03-27T02:30+01:00[Europe/Berlin]", "2020-03-28T02:30+01:00[Europe/Berlin]");

        assertThat(IntStream.rangeClosed(1, 3).mapToObj(steps -> rows.order.text(rows.next(1, steps))))
                .containsExactly(
                        "2020-03-29T03:30+02:00[Europe/Berlin]",
                        "2020-03-30T02:30+02:00[Europe/Berlin]",
                        "2020-03-31T02:30+02:00[Europe/Berlin]");
    }

    /** A row that came an hour later, since there was no 02:30 on 29 March, is a day after the one before, as the next one is. */
    @ParameterizedTest
    @CsvSource({
        "2020-03-27, 1, 2020-04-01T02:30+02:00[Europe/Berlin]",
        "2020-03-29, 1, 2020-04-03T02:30+02:00[Europe/Berlin]",
        "2020-03-15, 7, 2020-04-19T02:30+02:00[Europe/Berlin]"
    })
    void aDayWithoutItsTimeIsNoGap(final LocalDate first, final int days, final String next) {
        final Rows rows = new Rows(IntStream.range(0, 5)
                .mapToObj(row -> first.plusDays(row * days).atTime(2, 30).atZone(ZoneId.of("Europe/Berlin")))
                .map(time -> time.format(DateTimeFormatter.ISO_ZONED_DATE_TIME))
                .toArray(String[]::new));

        assertThat(rows.isEven).isTrue();
        assertThat(IntStream.range(1, 5).filter(i -> rows.spacing.isGap(rows.times[i - 1], rows.times[i])))
                .isEmpty();
        assertThat(rows.order.text(rows.next(4))).isEqualTo(next.replace("02:30+", "02:30:00+"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01|2020-02|2020-04",
                "2020-01-01|2020-01-02|2020-01-04",
                "2021-01-15|2021-02-15|2021-03-19",
                "2021-01-15|2021-02-15|2021-04-15",
                "12:30|13:00|13:31",
                "2021-01-31T06:00|2021-02-28T06:00|2021-03-31T06:01"
            })
    void anotherStepIsNotEven(final String first, final String second, final String third) {
        final Rows rows = new Rows(first, second, third);

        assertThat(rows.isEven).isFalse();
        assertThat(rows.spacing.isGap(rows.times[1], rows.times[2])).isTrue();
    }

    /** The smallest step is the usual one, wherever it stands; the larger ones are the gaps. */
    @Test
    void theSmallestStepIsTheUsualOne() {
        final Rows rows = new Rows("2020-01-01", "2020-01-04", "2020-01-05", "2020-01-06");

        assertThat(rows.isEven).isFalse();
        assertThat(rows.spacing.isGap(rows.times[0], rows.times[1])).isTrue();
        assertThat(rows.spacing.isGap(rows.times[1], rows.times[2])).isFalse();
        assertThat(rows.order.text(rows.next(3))).isEqualTo("2020-01-07");
    }

    /** Nanoseconds in 64 bits are 584 years, but what is between the two ends is more than they hold. */
    @Test
    void aGapOfCenturiesIsNoSmallStep() {
        final Rows rows = new Rows("1700-01-01T00:00:00", "2200-01-02T00:00:01", "2200-01-02T00:00:02");

        assertThat(rows.isEven).isFalse();
        assertThat(rows.order.text(rows.next(2))).isEqualTo("2200-01-02T00:00:03");
    }

    /** From 1 February on four weeks are a month by chance; among other steps of four weeks they are days. */
    @Test
    void daysAreNoMonthsBecauseOfOneFebruary() {
        final Rows rows = new Rows("2021-01-04", "2021-02-01", "2021-03-01", "2021-03-29");

        assertThat(rows.isEven).isTrue();
        assertThat(rows.order.text(rows.next(3))).isEqualTo("2021-04-26");
    }

    @Test
    void numbersStandInTheirOrderAndMayBeRounded() {
        final double[] numbers = {-1e300, -2.5, -0.1, 0, 0.1, 3, 1e300};
        final long[] keys = Arrays.stream(numbers).mapToLong(OrderForm::key).toArray();

        assertThat(keys).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(keys).mapToDouble(OrderForm::number).toArray()).containsExactly(numbers);
        assertThat(OrderForm.key(-0.0)).isEqualTo(OrderForm.key(0));
        assertThat(step(0.1, 0.2).isLike(step(0.2, 0.3))).isTrue();
        // seconds since 1970, ten times a second: doubles there are 2.4e-7 apart
        assertThat(step(1_600_000_000.1, 1_600_000_000.2).isLike(step(1_600_000_000.2, 1_600_000_000.3)))
                .isTrue();
        assertThat(step(1, 2).isLike(step(2, 3.001))).isFalse();
    }

    private static OrderStep step(final double from, final double to) {
        return OrderForm.NUMBER.step(new OrderTime(OrderForm.key(from), 0), new OrderTime(OrderForm.key(to), 0), null);
    }

    /** The rows of a column, read from the first to the last. */
    private static final class Rows {
        final OrderReader order = new OrderReader(new Column("time", Column.Kind.TEXT));
        final Spacing spacing = new Spacing(order);
        final OrderTime[] times;
        final boolean isEven;

        Rows(final String... times) {
            this.times = Arrays.stream(times).map(this::time).toArray(OrderTime[]::new);
            boolean even = true;
            for (int i = 1; i < times.length; i++) {
                even = spacing.look(this.times[i - 1], this.times[i]);
            }
            isEven = even;
        }

        long next(final int row) {
            return next(row, 1);
        }

        long next(final int row, final int steps) {
            return spacing.next(times[row].key(), steps);
        }

        OrderTime time(final String time) {
            assertThat(order.read(new Cell(time), 0)).as(time).isTrue();
            return order.time();
        }
    }

    private record Cell(String time) implements Cells {
        @Override
        public double number(final int column) {
            throw new AssertionError("the column holds texts");
        }

        @Override
        public String text(final int column) {
            return time;
        }
    }
}
