package org.gradienttape.column;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * What the cells of a column are that puts rows in order. Dates and times are texts as ISO 8601 writes them, which is what
 * KNIME's own cells of dates and times give as their text. Each cell has a key: a later one has a larger key.
 */
enum OrderForm {
    /** The key is the number's bits, turned so that they stand in its order. */
    NUMBER("number"),
    /** The key is the number, which may have more digits than a double. */
    WHOLE("whole number"),
    MONTH("month such as 2020-01"),
    DATE("date such as 2020-01-31"),
    TIME("time such as 12:30"),
    DATE_TIME("date and time from 1677 to 2262 such as 2020-01-31T12:30"),
    /** The key is the moment, wherever the clocks stand. */
    ZONED("date and time with a zone from 1677 to 2262 such as 2020-01-31T12:30+01:00");

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 5;
    private static final int LONGEST_MONTH = 31;
    private static final long NANOS = 1_000_000_000;
    /** In nanoseconds; on the shortest days clocks go forward by some hours. */
    private static final double LEAST_DAY = 12 * 3600.0 * NANOS;

    private final String kind;

    OrderForm(final String kind) {
        this.kind = kind;
    }

    /** What such a cell is, for a sentence. */
    @Override
    public String toString() {
        return kind;
    }

    /** The form of a text, which may be out of its range; empty if it says no time. */
    static Optional<OrderForm> of(final String text) {
        for (final OrderForm form : values()) {
            try {
                form.key(text);
                return Optional.of(form);
            } catch (final DateTimeException trouble) {
                if (trouble.getCause() instanceof ArithmeticException) {
                    return Optional.of(form);
                }
            }
        }
        return Optional.empty();
    }

    static long key(final double number) {
        final long bits = Double.doubleToLongBits(number + 0.0); // -0 is 0
        return bits < 0 ? Long.MIN_VALUE - bits : bits;
    }

    static double number(final long key) {
        return Double.longBitsToDouble(key < 0 ? Long.MIN_VALUE - key : key);
    }

    /** @throws DateTimeException if the text is something else, or out of the range of nanoseconds: 1677 to 2262 */
    long key(final String text) {
        final String trimmed = text.strip();
        return switch (this) {
            case NUMBER, WHOLE -> throw new DateTimeException("a text is no number");
            case MONTH -> YearMonth.parse(trimmed).getLong(ChronoField.PROLEPTIC_MONTH);
            case DATE -> LocalDate.parse(trimmed).toEpochDay();
            case TIME -> LocalTime.parse(trimmed).toNanoOfDay();
            case DATE_TIME -> nanos(LocalDateTime.parse(withT(trimmed)).toInstant(ZoneOffset.UTC));
            case ZONED -> nanos(ZonedDateTime.parse(withT(trimmed)).toInstant());
        };
    }

    private static String withT(final String text) {
        return text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1)
                : text;
    }

    private static long nanos(final Instant moment) {
        try {
            return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), NANOS), moment.getNano());
        } catch (final ArithmeticException tooFar) {
            throw new DateTimeException("nanoseconds go from 1677 to 2262", tooFar);
        }
    }

    /**
     * What the clock on the wall said.
     *
     * @param like another cell of the column; its zone is taken
     */
    private LocalDateTime clock(final long nanos, final String like) {
        return moment(nanos).withZoneSameInstant(zone(like)).toLocalDateTime();
    }

    private static LocalDateTime clock(final OrderTime time) {
        return moment(time.key()).toLocalDateTime().plusSeconds(time.offset());
    }

    /** By how many seconds the clock of a cell is ahead of UTC. */
    int offset(final String text) {
        return this == ZONED
                ? ZonedDateTime.parse(withT(text.strip())).getOffset().getTotalSeconds()
                : 0;
    }

    private ZoneId zone(final String like) {
        return this == ZONED ? ZonedDateTime.parse(withT(like.strip())).getZone() : ZoneOffset.UTC;
    }

    private static ZonedDateTime moment(final long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
                .atZone(ZoneOffset.UTC);
    }

    /**
     * What the clock on the wall would have said had it not just been put forward: 02:30 where 03:30 came instead, since that
     * day had no 02:30.
     */
    private static LocalDateTime clockPutBack(final OrderTime time, final ZoneId zone) {
        final LocalDateTime clock = clock(time);
        final ZoneOffsetTransition last = zone.getRules()
                .previousTransition(moment(time.key()).toInstant().plusNanos(1));
        return last != null
                        && last.isGap()
                        && last.getOffsetAfter().getTotalSeconds() == time.offset()
                        && clock.isBefore(last.getDateTimeAfter().plus(last.getDuration()))
                ? clock.minus(last.getDuration())
                : clock;
    }

    /**
     * How far it is from one row to a later one.
     *
     * @param like another cell of the column; its zone is taken
     */
    OrderStep step(final OrderTime from, final OrderTime to, final String like) {
        return switch (this) {
            case NUMBER -> OrderStep.ofNumbers(number(from.key()), number(to.key()));
            case WHOLE, MONTH, TIME -> OrderStep.of(distance(from, to));
            case DATE ->
                step(
                        to.key() - from.key(),
                        0,
                        LocalDate.ofEpochDay(from.key()).atStartOfDay(),
                        LocalDate.ofEpochDay(to.key()).atStartOfDay());
            case DATE_TIME, ZONED ->
                distance(from, to) < LEAST_DAY
                                || clock(from).toLocalTime().equals(clock(to).toLocalTime())
                        ? step(from, to, clock(from), clock(to))
                        : step(from, to, clockPutBack(from, zone(like)), clockPutBack(to, zone(like)));
        };
    }

    private static OrderStep step(
            final OrderTime from, final OrderTime to, final LocalDateTime clock, final LocalDateTime later) {
        return step(distance(from, to), (double) NANOS * (to.offset() - from.offset()), clock, later);
    }

    /** Of nanoseconds since 1970, a double would be wrong by 128 of them; what is between two rows, it mostly says as it is. */
    private static double distance(final OrderTime from, final OrderTime to) {
        final long exact = to.key() - from.key();
        return exact < 0 == to.key() < from.key() ? exact : (double) to.key() - from.key();
    }

    private static OrderStep step(
            final double amount, final double jump, final LocalDateTime from, final LocalDateTime to) {
        final boolean ends = isMonthsEnd(from) && isMonthsEnd(to);
        final boolean isDaily = from.toLocalTime().equals(to.toLocalTime());
        final boolean isMonthly = isDaily && (from.getDayOfMonth() == to.getDayOfMonth() || ends);
        final long days = isDaily ? ChronoUnit.DAYS.between(from, to) : 0;
        final long months =
                isMonthly ? to.getLong(ChronoField.PROLEPTIC_MONTH) - from.getLong(ChronoField.PROLEPTIC_MONTH) : 0;
        final boolean isAtEnd =
                ends && (from.getDayOfMonth() != to.getDayOfMonth() || from.getDayOfMonth() == LONGEST_MONTH);
        return new OrderStep(amount, 0, jump, days, (int) months, isAtEnd);
    }

    private static boolean isMonthsEnd(final LocalDateTime moment) {
        return moment.getDayOfMonth() == YearMonth.from(moment).lengthOfMonth();
    }

    /**
     * The key of what comes a step after another.
     *
     * @param isOnTheWall whether a step of less than a day is one by the clock on the wall
     * @param like another cell of the column; its zone is taken
     */
    long after(final long key, final OrderStep step, final boolean isOnTheWall, final String like) {
        return switch (this) {
            case NUMBER -> key(number(key) + step.amount());
            case WHOLE, MONTH, TIME -> Math.addExact(key, (long) step.amount());
            case DATE ->
                after(LocalDate.ofEpochDay(key).atStartOfDay(), step)
                        .toLocalDate()
                        .toEpochDay();
            case DATE_TIME, ZONED ->
                step.days() > 0 || isOnTheWall
                        ? nanos(after(clock(key, like), step).atZone(zone(like)).toInstant())
                        : Math.addExact(key, (long) step.amount());
        };
    }

    /** A step later by the same clock. */
    private static LocalDateTime after(final LocalDateTime from, final OrderStep step) {
        if (step.days() == 0) {
            return from.plusNanos((long) step.onTheWall());
        }
        if (step.months() == 0) {
            return from.plusDays(step.days());
        }
        final LocalDateTime after = from.plusMonths(step.months());
        return step.isAtMonthsEnd() ? after.withDayOfMonth(YearMonth.from(after).lengthOfMonth()) : after;
    }

    /**
     * The text of a key, as a cell of the column has it.
     *
     * @param like another cell of the column; its zone is taken, and it is written alike
     */
    String text(final long key, final String like) {
        return switch (this) {
            case NUMBER -> String.valueOf(number(key));
            case WHOLE -> String.valueOf(key);
            case MONTH -> YearMonth.of(0, 1).plusMonths(key).toString();
            case DATE -> LocalDate.ofEpochDay(key).toString();
            case TIME ->
                withSeconds(
                        LocalTime.ofNanoOfDay(Math.floorMod(
                                        key, ChronoUnit.DAYS.getDuration().toNanos()))
                                .toString(),
                        like.strip(),
                        TIME_LENGTH);
            case DATE_TIME -> written(clock(key, like).toString(), like.strip());
            case ZONED -> written(moment(key).withZoneSameInstant(zone(like)).toString(), like.strip());
        };
    }

    private static String written(final String text, final String like) {
        final String full = withSeconds(text, like, DATE_LENGTH + 1 + TIME_LENGTH);
        return full.substring(0, DATE_LENGTH) + like.charAt(DATE_LENGTH) + full.substring(DATE_LENGTH + 1);
    }

    /** ISO 8601 leaves seconds out where they are 0. */
    private static String withSeconds(final String text, final String like, final int place) {
        return text.startsWith(":", place) || !like.startsWith(":", place)
                ? text
                : text.substring(0, place) + ":00" + text.substring(place);
    }
}
