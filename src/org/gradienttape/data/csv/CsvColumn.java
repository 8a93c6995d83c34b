package org.gradienttape.data.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradienttape.column.Column;

/** Finds out what a column of a CSV file holds, cell by cell. */
final class CsvColumn {
    /** Where so many of ten cells are numbers, the others may be slips. */
    private static final int MOST_OF_TEN = 9;

    private final String name;
    private final Optional<Column.Kind> told;
    private final CsvCells cells;
    private final CsvCells otherMark;
    private long rows;
    private long numbers;
    private long texts;
    private long textsOfOtherMark;
    private String firstText;
    private String placeOfFirstText;
    /** What the first two rows hold; whether that comes again. */
    private final String[] firstRows = new String[2];

    private final boolean[] comeAgain = new boolean[2];

    /** @param told empty if the kind is to be found out */
    CsvColumn(final String name, final Optional<Column.Kind> told, final CsvCells cells) {
        this.name = name;
        this.told = told;
        this.cells = cells;
        this.otherMark = new CsvCells(cells.mark() == '.' ? ',' : '.');
    }

    /** @param place of the row; asked for the first text alone */
    void add(final String cell, final Supplier<String> place) {
        if (rows < firstRows.length) {
            firstRows[(int) rows] = cell;
        }
        for (int row = 0; row < Math.min(rows, firstRows.length); row++) {
            comeAgain[row] |= firstRows[row].equals(cell);
        }
        rows++;
        if (cells.isNumber(cell)) {
            numbers++;
        } else if (!CsvCells.isMissingAmongNumbers(cell)) {
            addText(cell, place);
        }
    }

    Column column() {
        return new Column(name, told.orElse(texts > 0 ? Column.Kind.TEXT : Column.Kind.NUMBER));
    }

    /** Whether the first cell is a text alone, above cells of which the first is not. */
    boolean mayBeginWithItsName() {
        return !cells.isNumber(firstRows[0]) && !comeAgain[0] && comeAgain[1];
    }

    /** What looks wrong, one sentence each. */
    List<String> doubts(final String file) {
        final List<String> sentences = new ArrayList<>();
        if (told.isEmpty() && texts > 0 && texts == textsOfOtherMark) {
            sentences.add(
                    "The column \"" + name + "\" of " + file + " is taken for text, because its numbers are written "
                            + "like " + firstText + "; choose another decimal mark.");
        } else if (told.isEmpty() && texts > 0 && 10 * numbers >= MOST_OF_TEN * (numbers + texts)) {
            sentences.add("The column \"" + name + "\" of " + file + " is taken for text, because " + placeOfFirstText
                    + " holds \"" + firstText + "\", although " + numbers + " of " + (numbers + texts)
                    + " cells are numbers; correct the others if that is not meant.");
        }
        return sentences;
    }

    private void addText(final String cell, final Supplier<String> place) {
        if (CsvCells.isInfinite(cell)) {
            numbers++;
            return;
        }
        if (texts++ == 0) {
            firstText = cell;
            placeOfFirstText = place.get();
        }
        if (otherMark.isNumber(cell)) {
            textsOfOtherMark++;
        }
    }
}
