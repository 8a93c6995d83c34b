package org.gradienttape.nodes.datasetreader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvTable;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.reader.PixelRows;
import org.gradienttape.data.reader.TableSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.table.TableReader;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.data.table.TableRequest.Goal;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.table.TargetParameters.What;

/** CSV files of which the first lines have been read: what is chosen in the dialog is found there. */
final class CsvReading {
    private final DatasetReaderNodeParameters parameters;
    private final CsvFile file;
    /** Held out or merged. */
    private final Optional<CsvFile> second;

    private final ReadRequest.Split split;
    private final List<String> targets;
    private final Optional<String> weight;
    private final List<String> features;
    /** The column that becomes a sequence. */
    private final Optional<String> text;

    private final Map<String, Kind> kinds = new HashMap<>();

    /** @throws InvalidInputException if a file is not there or does not have the columns that are chosen */
    CsvReading(final DatasetReaderNodeParameters parameters, final ReadRequest.Split split) throws IOException {
        this.parameters = parameters;
        this.split = split;
        final Optional<Path> testPath = parameters.csv.testPath();
        this.file = CsvFile.open(parameters.csv.path(), parameters.csv.syntax());
        final CsvTargetParameters target = parameters.csvTarget;
        this.targets = arePixels() ? List.of(target.columnName(file)) : target.columnNames(file);
        this.weight = arePixels() ? Optional.empty() : target.weightName(file);
        final List<String> taken = new ArrayList<>(targets);
        weight.ifPresent(taken::add);
        this.features = parameters.csvFeatures.toConfig(file).of(file.columnNames(), taken, file.name());
        final boolean isSecondRead = split.mergeTestFiles() || split.heldOut() instanceof HeldOut.SourceTestFiles;
        this.text = parameters.sequence && !arePixels()
                ? Optional.of(parameters.textColumn).map(column -> column.isBlank() ? column : file.columnName(column))
                : Optional.empty();
        this.second = isSecondRead ? Optional.of(openSecond(testPath)) : Optional.empty();
        if (!arePixels()) {
            tellKinds(target.what);
        }
    }

    private void tellKinds(final What what) {
        file.columnNames(parameters.csvFeatures.textColumns).forEach(name -> kinds.put(name, Kind.TEXT));
        text.ifPresent(name -> kinds.put(name, Kind.TEXT));
        if (what == What.CLASSES) {
            targets.forEach(name -> kinds.put(name, Kind.TEXT));
        } else if (what == What.NUMBERS) {
            targets.forEach(name -> kinds.put(name, Kind.NUMBER));
        }
        weight.ifPresent(name -> kinds.put(name, Kind.NUMBER));
    }

    /** Reads and writes both parts, as {@link DatasetReader} and {@link TableReader} do. */
    DatasetPair read(final Path training, final Path heldOut, final ReadMonitor monitor) throws IOException {
        final ReadMonitor opening = done -> monitor.goOn(done / 3);
        final ReadMonitor reading = done -> monitor.goOn((1 + 2 * done) / 3);
        return arePixels()
                ? DatasetReader.read(pixels(opening), training, heldOut, reading)
                : TableReader.read(rows(opening), training, heldOut, reading);
    }

    private boolean arePixels() {
        return parameters.csv.samples == CsvSamples.NUMBERS_AS_IMAGE;
    }

    private CsvFile openSecond(final Optional<Path> testPath) throws IOException {
        final Path path = testPath.orElseThrow(() -> new InvalidInputException(
                "A CSV file for tests was to be read, but none is chosen;" + " choose one or another held-out part."));
        final CsvFile opened = CsvFile.open(path, parameters.csv.syntax());
        features.forEach(opened::columnName);
        targets.forEach(opened::columnName);
        weight.ifPresent(opened::columnName);
        return opened;
    }

    private ReadRequest pixels(final ReadMonitor monitor) throws IOException {
        final Optional<ImageSize> size = parameters.imageOfNumbers();
        final double part = second.isPresent() ? 0.5 : 1;
        final PixelRows first = PixelRows.of(file, features, targets.get(0), done -> monitor.goOn(part * done));
        final Optional<PixelRows> test = second.isPresent()
                ? Optional.of(
                        PixelRows.of(second.get(), features, targets.get(0), done -> monitor.goOn(part * (1 + done))))
                : Optional.empty();
        return new ReadRequest(
                new TableSource(first, test.map(rows -> rows), new ImageForm(ImageForm.Colors.GRAYSCALE, size)),
                parameters.form(),
                split);
    }

    private TableRequest rows(final ReadMonitor monitor) throws IOException {
        final double part = second.isPresent() ? 0.5 : 1;
        final CsvTable table = CsvTable.open(file, kinds, done -> monitor.goOn(part * done));
        final Optional<CsvTable> test = second.isPresent()
                ? Optional.of(CsvTable.openLike(second.get(), table, done -> monitor.goOn(part * (1 + done))))
                : Optional.empty();
        final List<Column> columns = table.columns().stream()
                .filter(column -> features.contains(column.name()))
                .toList();
        return new TableRequest(table, test.map(rows -> rows), rules(columns), goal(table), weight, split);
    }

    private List<ColumnRule> rules(final List<Column> columns) {
        final List<ColumnRule> rules = parameters.encoding.rules(columns);
        return text.map(column -> parameters.text.split(rules, column, file.name()))
                .orElse(rules);
    }

    private Goal goal(final CsvTable table) {
        return switch (parameters.csvTarget.what) {
            case AUTOMATIC -> table.columns().contains(new Column(targets.get(0), Kind.TEXT)) ? classes() : numbers();
            case CLASSES -> classes();
            case NUMBERS -> numbers();
            case FEATURES -> new Goal.Features();
            case NONE -> new Goal.None();
        };
    }

    private Goal classes() {
        return new Goal.Classes(targets.get(0));
    }

    private Goal numbers() {
        return new Goal.Numbers(targets, parameters.csvTarget.standardize);
    }
}
