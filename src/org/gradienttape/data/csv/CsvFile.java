package org.gradienttape.data.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.data.ClassNames;
import org.gradienttape.error.InvalidInputException;

/** A CSV file (RFC 4180, in UTF-8) of which only the first lines have been read: they name its columns. */
public final class CsvFile {
    private final Path path;
    private final CsvSyntax syntax;
    private final CsvHeader header;
    private final List<String> names;

    private CsvFile(final Path path, final CsvSyntax syntax, final CsvHeader header) {
        this.path = path;
        this.syntax = syntax;
        this.header = header;
        this.names = names(header, path);
    }

    /**
     * Reads the first lines.
     *
     * @throws InvalidInputException if there is no such file, it is empty, or two columns have the same name
     */
    public static CsvFile open(final Path path, final CsvSyntax syntax) throws IOException {
        return new CsvFile(path, syntax, CsvHeader.read(path, syntax));
    }

    /** The names of the columns, in order; 1, 2, 3 and so on where the file gives none. */
    public List<String> columnNames() {
        return names;
    }

    /**
     * The name of a column.
     *
     * @param nameOrNumber its name or, if none is called so, its number from 1
     * @throws InvalidInputException if there is no such column
     */
    public String columnName(final String nameOrNumber) {
        final String wanted = nameOrNumber.strip();
        return names.get(ColumnNames.find(wanted, names)
                .orElseThrow(() -> new InvalidInputException("The column \"" + wanted + "\" was expected in " + path
                        + ", but its columns are " + ClassNames.some(names) + "; choose one of them.")));
    }

    /**
     * The names of several columns.
     *
     * @param namesOrNumbers as {@link #columnName} takes them, with commas between them; one that holds a comma is between double
     *     quotes; blank for none
     * @throws InvalidInputException if there is no such column
     */
    public List<String> columnNames(final String namesOrNumbers) {
        if (namesOrNumbers.isBlank()) {
            return List.of();
        }
        try {
            return CsvReader.builder()
                    .trimWhitespacesAroundQuotes(true)
                    .ofSingleCsvRecord(namesOrNumbers.strip())
                    .getFields()
                    .stream()
                    .map(this::columnName)
                    .distinct()
                    .toList();
        } catch (final CsvParseException broken) {
            throw new InvalidInputException(
                    "Columns with commas between them were expected, but they are " + namesOrNumbers
                            + "; put a name that holds a comma between double quotes.",
                    broken);
        }
    }

    /** The name of the only column that is called label, class or target; otherwise of the last one. */
    public String usualTarget() {
        return names.get(ColumnNames.ofLabels(names));
    }

    Path path() {
        return path;
    }

    CsvSyntax syntax() {
        return syntax;
    }

    CsvHeader header() {
        return header;
    }

    /** For people. */
    public String name() {
        return path.getFileName().toString();
    }

    /** A column without a name is called by its number. */
    private static List<String> names(final CsvHeader header, final Path path) {
        final List<String> names = new ArrayList<>();
        for (final String name : header.columns()) {
            names.add(name.isBlank() ? String.valueOf(names.size() + 1) : name.strip());
        }
        Column.checkNames(names, path.toString());
        return List.copyOf(names);
    }
}
