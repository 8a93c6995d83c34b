package org.gradienttape.nodes.datasetreader;

import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.csv.CsvSyntax;
import org.gradienttape.nodes.LocalPath;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;

/** CSV files, and how they are written. */
@LoadDefaultsForAbsentFields
final class CsvParameters implements NodeParameters {
    /** What stands between two cells. */
    enum Separator {
        @Label(value = "Comma", description = "A comma.")
        COMMA(','),
        @Label(value = "Semicolon", description = "A semicolon.")
        SEMICOLON(';'),
        @Label(value = "Tab", description = "A tab.")
        TAB('\t');

        private final char character;

        Separator(final char character) {
            this.character = character;
        }
    }

    /** What stands before the fraction of a number. */
    enum DecimalMark {
        @Label(value = "Point", description = "A point, as in 1.5.")
        POINT,
        @Label(value = "Comma", description = "A comma, as in 1,5.")
        COMMA
    }

    /** What stands around a cell that holds a separator or a line break. */
    enum Quote {
        @Label(value = "Double", description = "Double quotes: \"a, b\".")
        DOUBLE('"'),
        @Label(value = "Single", description = "Single quotes: 'a, b'.")
        SINGLE('\''),
        @Label(value = "None", description = "No character is a quote.")
        NONE(CsvSyntax.NO_QUOTE);

        private final char character;

        Quote(final char character) {
            this.character = character;
        }
    }

    /** What the first line holds. */
    enum FirstLine {
        @Label(value = "Automatic", description = "Column names, unless it looks like the rows below it.")
        AUTOMATIC,
        @Label(value = "Column names", description = "The names of the columns.")
        COLUMN_NAMES,
        @Label(value = "A sample", description = "A row like all other lines; the columns are named 1, 2, 3 and so on.")
        A_SAMPLE
    }

    @Widget(
            title = "CSV file",
            description = "The file with the rows to train on, one per line, in UTF-8." + LocalPath.HELP)
    String file = "";

    @Widget(
            title = "CSV file of test samples",
            description = "A file with the same columns, whose rows are kept for tests: choose <i>The source's test"
                    + " files</i> as the held-out part. Leave it empty if there is none.")
    String testFile = "";

    @Widget(title = "Separator", description = "The character between two cells.")
    @ValueSwitchWidget
    Separator separator = Separator.COMMA;

    @Widget(title = "Decimal mark", description = "The character before the fraction of a number.")
    @ValueSwitchWidget
    DecimalMark decimalMark = DecimalMark.POINT;

    @Widget(title = "Quotes", description = "The characters around a cell that holds a separator or a line break.")
    @ValueSwitchWidget
    Quote quote = Quote.DOUBLE;

    @Widget(title = "First line", description = "What the first line of the file holds.")
    @ValueSwitchWidget
    FirstLine firstLine = FirstLine.AUTOMATIC;

    @Widget(title = "Samples of the file", description = "What a sample is made of.")
    @ValueReference(CsvSamples.Reference.class)
    @RadioButtonsWidget
    CsvSamples samples = CsvSamples.COLUMNS;

    Path path() {
        return LocalPath.of(file, "CSV file");
    }

    Optional<Path> testPath() {
        return LocalPath.ofOptional(testFile, "CSV file of test samples");
    }

    CsvSyntax syntax() {
        return new CsvSyntax(
                separator.character,
                quote.character,
                CsvSyntax.DecimalMark.valueOf(decimalMark.name()),
                CsvSyntax.FirstLine.valueOf(firstLine.name()));
    }
}
