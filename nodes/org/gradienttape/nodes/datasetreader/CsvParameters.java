package org.gradienttape.nodes.datasetreader;

import java.util.Optional;
import org.gradienttape.data.CsvFormat;
import org.gradienttape.data.CsvSyntax;
import org.gradienttape.data.DatasetSource;
import org.gradienttape.data.ImageSize;
import org.gradienttape.nodes.LocalPath;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** CSV files. */
@LoadDefaultsForAbsentFields
final class CsvParameters implements NodeParameters {
    private static final String CLASSES =
            " The labels that occur are the classes: whole numbers in the order of numbers, all others in the order of"
                    + " texts. Real numbers such as 0.5 are refused.";

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

    /** What the first line holds. */
    enum FirstLine {
        @Label(value = "Automatic", description = "Column names, unless it is a line of numbers like the others.")
        AUTOMATIC,
        @Label(value = "Column names", description = "The names of the columns.")
        COLUMN_NAMES,
        @Label(
                value = "A sample",
                description = "A sample like all other lines; the columns are named 1, 2, 3 and so on.")
        A_SAMPLE
    }

    @Widget(
            title = "CSV file",
            description = "The file with the samples to train on, one per line, in UTF-8: numbers and one column of"
                    + " classes." + LocalPath.HELP)
    String file = "";

    @Widget(
            title = "CSV file of test samples",
            description =
                    "A file with the same columns, whose samples are kept for tests. Leave it empty if there is none.")
    String testFile = "";

    @Widget(title = "Separator", description = "The character between two cells.")
    @ValueSwitchWidget
    Separator separator = Separator.COMMA;

    @Widget(title = "First line", description = "What the first line of the file holds.")
    @ValueSwitchWidget
    FirstLine firstLine = FirstLine.AUTOMATIC;

    @Widget(title = "Label column of the file", description = """
                    The name of the column with the classes, or its number from 1. If it is empty, it is the column that is
                    named <i>label</i>, <i>class</i> or <i>target</i>, or else the last one.""" + CLASSES)
    @TextInputWidget(placeholder = "label, class, target or the last column")
    String labelColumn = "";

    DatasetSource toConfig(final Optional<ImageSize> image) {
        return new DatasetSource.Csv(
                LocalPath.of(file, "CSV file"),
                LocalPath.ofOptional(testFile, "CSV file of test samples"),
                new CsvFormat(separator.character, CsvSyntax.FirstLine.valueOf(firstLine.name()), labelColumn),
                image);
    }
}
