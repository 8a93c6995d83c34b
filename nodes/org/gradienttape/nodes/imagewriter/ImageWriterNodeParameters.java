package org.gradienttape.nodes.imagewriter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.file.IfExists;
import org.gradienttape.file.MissingFolder;
import org.gradienttape.image.ImageFiles;
import org.gradienttape.image.ImageFormat;
import org.gradienttape.image.NamePattern;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.nodes.table.RowNaming;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider.StringColumnsProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation.IsNotBlankValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class ImageWriterNodeParameters implements NodeParameters {
    @Section(title = "Images and folder")
    interface ImagesSection {}

    @Section(title = "Files")
    @After(ImagesSection.class)
    interface FilesSection {}

    @Section(title = "Contact sheet")
    @After(FilesSection.class)
    interface SheetSection {}

    /** Where file names come from. */
    enum NameSource {
        @Label(value = "Pattern", description = "A text with columns in it.")
        PATTERN,
        @Label(value = "Column", description = "The text of a column.")
        COLUMN
    }

    /** The format of the files. */
    enum FileFormat {
        @Label(value = "PNG", description = "Without loss; the files end in <i>.png</i>.")
        PNG,
        @Label(
                value = "JPEG",
                description = "With a small loss, and white for what is transparent; the files end in <i>.jpg</i>.")
        JPEG
    }

    /** What happens when a file is there already. */
    enum ExistingImage {
        @Label(value = "Fail", description = "The node fails before it writes anything.")
        FAIL,
        @Label(value = "Overwrite", description = "The new file takes its place.")
        OVERWRITE,
        @Label(value = "Skip", description = "The file stays, and the row's image is not written.")
        SKIP
    }

    static final class ImageColumns extends CompatibleColumnsProvider {
        ImageColumns() {
            super(PNGImageValue.class);
        }
    }

    static final class TextColumns extends StringColumnsProvider {}

    static final class NameSourceReference implements ParameterReference<NameSource> {}

    static final class IsPattern implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(NameSourceReference.class).isOneOf(NameSource.PATTERN);
        }
    }

    static final class IsColumn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(NameSourceReference.class).isOneOf(NameSource.COLUMN);
        }
    }

    static final class SheetReference implements ParameterReference<Boolean> {}

    static final class IsSheetWanted implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getBoolean(SheetReference.class).isTrue();
        }
    }

    @Layout(ImagesSection.class)
    @Widget(
            title = "Image column",
            description = "The column with the images. Without a choice it is the first column of PNG images.")
    @ChoicesProvider(ImageColumns.class)
    String imageColumn = "";

    @Layout(ImagesSection.class)
    @Widget(
            title = "Folder",
            description = "The folder on this machine that the files go to." + LocalPath.HELP
                    + " So does the flow variable <i>knime.workspace</i>, the folder of your workflows.")
    @TextInputWidget(placeholder = "~/images")
    String folder = "";

    @Layout(ImagesSection.class)
    @Widget(title = "Create missing folders", description = "Whether the folder is made if it does not exist.")
    boolean createMissingFolders = true;

    @Layout(FilesSection.class)
    @Widget(title = "File names", description = "Where the names of the files come from.")
    @ValueReference(NameSourceReference.class)
    @ValueSwitchWidget
    NameSource nameSource = NameSource.PATTERN;

    @Layout(FilesSection.class)
    @Widget(
            title = "File name pattern",
            description =
                    "The name of each file; <i>${Step}</i> stands for the row's value in the column Step, and so on"
                            + " for every column of text or numbers, in upper or lower case.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    @Effect(predicate = IsPattern.class, type = EffectType.SHOW)
    String pattern = "generated_img${step}.png";

    @Layout(FilesSection.class)
    @Widget(title = "Name column", description = "The column with the names of the files.")
    @ChoicesProvider(TextColumns.class)
    @Effect(predicate = IsColumn.class, type = EffectType.SHOW)
    String nameColumn = "";

    @Layout(FilesSection.class)
    @Widget(title = "Format", description = "The format of the files. A name gets the ending that fits.")
    @ValueSwitchWidget
    FileFormat format = FileFormat.PNG;

    @Layout(FilesSection.class)
    @Widget(title = "If a file exists", description = "What happens when a file is there already.")
    @ValueSwitchWidget
    ExistingImage ifExists = ExistingImage.FAIL;

    @Layout(SheetSection.class)
    @Widget(title = "Write a contact sheet", description = "Whether one more PNG file shows all images in a grid.")
    @ValueReference(SheetReference.class)
    boolean contactSheet;

    @Layout(SheetSection.class)
    @Widget(title = "File name of the contact sheet", description = "Its name in the same folder.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    @Effect(predicate = IsSheetWanted.class, type = EffectType.SHOW)
    String sheetName = "contact_sheet.png";

    @Layout(SheetSection.class)
    @Widget(title = "Images per row", description = "How many images stand side by side.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsSheetWanted.class, type = EffectType.SHOW)
    int sheetColumns = 10;

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(this::namePattern);
        EngineCall.configuring(this::sheet);
    }

    /** Gives each row of such a table its file name. */
    RowNaming naming(final DataTableSpec spec) {
        return new RowNaming(namePattern(), spec);
    }

    /** The folder, if images can go there. */
    Path usableFolder() {
        final Path place = place();
        if (!createMissingFolders && !Files.isDirectory(place)) {
            throw MissingFolder.refuse("The images", place);
        }
        return place;
    }

    ImageFiles.Job toConfig() {
        return new ImageFiles.Job(
                place(),
                missingFolder(),
                ImageFormat.valueOf(format.name()),
                IfExists.valueOf(ifExists.name()),
                sheet());
    }

    private NamePattern namePattern() {
        return switch (nameSource) {
            case PATTERN -> NamePattern.parse(pattern);
            case COLUMN -> NamePattern.ofColumn(nameColumn);
        };
    }

    private Path place() {
        return LocalPath.folderToWrite(folder, "folder of the images");
    }

    private MissingFolder missingFolder() {
        return createMissingFolders ? MissingFolder.CREATE : MissingFolder.FAIL;
    }

    private Optional<ImageFiles.SheetConfig> sheet() {
        return contactSheet ? Optional.of(new ImageFiles.SheetConfig(sheetName, sheetColumns)) : Optional.empty();
    }
}
