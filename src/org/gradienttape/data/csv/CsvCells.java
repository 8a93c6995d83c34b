package org.gradienttape.data.csv;

import java.util.Locale;
import java.util.Set;

/**
 * What the cells of a CSV file mean: numbers, texts, or that nothing is known. Cells have no white space around them.
 *
 * @param mark the decimal mark
 */
record CsvCells(char mark) {
    /** What programs write for what they do not know, exactly so: None and - are categories, and Na is sodium. */
    private static final Set<String> MISSING =
            Set.of("", "?", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "<NA>");

    /** Among numbers, in small letters, there is no doubt about others. */
    private static final Set<String> MISSING_AMONG_NUMBERS =
            Set.of("", "?", "-", "na", "n/a", "#n/a", "nan", "-nan", "null", "none", "<na>");

    private static final Set<String> INFINITE =
            Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "+∞", "-∞");

    private static final int LONGEST_WORD = 10;

    static CsvCells of(final CsvSyntax syntax) {
        return new CsvCells(syntax.decimalMark().character());
    }

    static boolean isMissing(final String cell) {
        return cell.length() <= LONGEST_WORD && MISSING.contains(cell);
    }

    static boolean isMissingAmongNumbers(final String cell) {
        return cell.length() <= LONGEST_WORD && MISSING_AMONG_NUMBERS.contains(cell.toLowerCase(Locale.ROOT));
    }

    static boolean isInfinite(final String cell) {
        return cell.length() <= LONGEST_WORD && INFINITE.contains(cell.toLowerCase(Locale.ROOT));
    }

    /** The finite or too large number that a cell holds; NaN if it holds none. Java would also take 1d, 0x1p3 and NaN. */
    double number(final String cell) {
        if (!isNumber(cell)) {
            return Double.NaN;
        }
        return Double.parseDouble(mark == '.' ? cell : cell.replace(mark, '.'));
    }

    /** Whether a cell holds digits, perhaps with a sign, a decimal mark and an exponent. */
    boolean isNumber(final String cell) {
        final int end = cell.length();
        int at = afterSign(cell, 0);
        final int whole = afterDigits(cell, at);
        int digits = whole - at;
        at = whole;
        if (at < end && cell.charAt(at) == mark) {
            final int fraction = afterDigits(cell, at + 1);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (at < end && (cell.charAt(at) == 'e' || cell.charAt(at) == 'E')) {
            final int exponent = afterSign(cell, at + 1);
            at = afterDigits(cell, exponent);
            return at > exponent && at == end;
        }
        return at == end;
    }

    private static int afterSign(final String cell, final int at) {
        return at < cell.length() && (cell.charAt(at) == '-' || cell.charAt(at) == '+') ? at + 1 : at;
    }

    private static int afterDigits(final String cell, final int start) {
        int at = start;
        while (at < cell.length() && cell.charAt(at) >= '0' && cell.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
