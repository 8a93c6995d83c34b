package org.gradienttape.data.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.csv.CsvSyntax.FirstLine;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;

/**
 * What the first line of a CSV file says of its columns.
 *
 * @param columns their names, as they are written; 1, 2, 3 and so on if the first line is a row
 * @param named whether the first line holds the names
 * @param guessed whether that was found out, not told
 * @param doubtful whether a first line that is taken for names could be a row
 */
record CsvHeader(List<String> columns, boolean named, boolean guessed, boolean doubtful) {
    private static final int LINES_BELOW = 20;

    /**
     * Reads the first lines.
     *
     * @throws InvalidInputException if there is no such file, or it is empty
     */
    static CsvHeader read(final Path path, final CsvSyntax syntax) throws IOException {
        FileTrouble.expectFile("A CSV file", path);
        try (CsvLines lines = CsvLines.open(path, syntax)) {
            if (!lines.hasNext()) {
                throw new InvalidInputException(
                        "A CSV file was expected at " + path + ", but it is empty; choose another file.");
            }
            final List<String> first = lines.next().getFields();
            if (first.size() == 1 && mayBeSeparated(first.get(0))) {
                throw new InvalidInputException("Columns were expected in " + path
                        + ", but its first line has 1 cell; choose " + separatorIn(first.get(0)) + " or another file.");
            }
            final boolean guessed = syntax.firstLine() == FirstLine.AUTOMATIC;
            if (syntax.firstLine() == FirstLine.A_SAMPLE) {
                return new CsvHeader(numbered(first.size()), false, false, false);
            }
            final ColumnNames names = new ColumnNames(CsvCells.of(syntax));
            final boolean looksLikeNames = names.are(first, below(lines, first.size()));
            final boolean named = looksLikeNames || !guessed;
            final boolean doubtful = named && (guessed ? names.couldBeARow(first) : !looksLikeNames);
            return new CsvHeader(named ? first : numbered(first.size()), named, guessed, doubtful);
        }
    }

    /** One sentence if the first line is taken for names, but could be a row. */
    List<String> warnings(final String file) {
        return doubtful
                ? List.of("The first line of " + file + " holds numbers, but is taken for column names; if it is a row,"
                        + " say so in the dialog.")
                : List.of();
    }

    /** Whether the first line is taken for a row, but might hold names. */
    boolean mayStartWithNames() {
        return guessed && !named;
    }

    private static boolean mayBeSeparated(final String cell) {
        return cell.chars().anyMatch(c -> c == ';' || c == '\t' || c == ',');
    }

    private static String separatorIn(final String cell) {
        if (cell.contains(";")) {
            return "the separator semicolon";
        }
        return cell.contains("\t") ? "the separator tab" : "another separator";
    }

    /** For each column the first cell that holds something; empty if no line does. */
    private static List<Optional<String>> below(final CsvLines lines, final int columns) throws IOException {
        final List<Optional<String>> found = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            found.add(Optional.empty());
        }
        for (int line = 0; line < LINES_BELOW && lines.hasNext(); line++) {
            final List<String> cells = lines.next().getFields();
            for (int column = 0; column < Math.min(columns, cells.size()); column++) {
                final String cell = cells.get(column).strip();
                if (found.get(column).isEmpty() && !CsvCells.isMissingAmongNumbers(cell)) {
                    found.set(column, Optional.of(cell));
                }
            }
        }
        return found;
    }

    private static List<String> numbered(final int columns) {
        return ClassLabels.upTo(columns).subList(1, columns + 1);
    }
}
