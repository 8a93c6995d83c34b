package org.gradienttape.callback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.gradienttape.callback.CheckpointConfig.Existing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.IfExists;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.state.Memory;

/** Writes the models whenever a number is better than ever; each file is there as a whole at any time. */
final class Checkpoint {
    /** In the models' provenance: the number by which they were the best. */
    private static final String SETTING = "checkpoint";

    private final CheckpointConfig config;
    private final Supplier<List<Model>> now;
    private final Consumer<String> log;
    private double best = Double.NaN;
    private IfExists ifExists;
    private boolean goesOn;

    /**
     * @param now the models as they are trained so far
     * @param log takes lines for people
     */
    Checkpoint(final CheckpointConfig config, final Supplier<List<Model>> now, final Consumer<String> log) {
        this.config = config;
        this.now = now;
        this.log = log;
        this.ifExists = config.existing() == Existing.FAIL ? IfExists.FAIL : IfExists.OVERWRITE;
    }

    /**
     * Makes the files' folders, so that a wrong place is told before the first epoch.
     *
     * @throws InvalidInputException if a file is there and is to stay, or holds nothing that can be compared, or a folder
     *     cannot be made
     */
    void begin() {
        config.files().forEach(file -> prepare(file.toAbsolutePath()));
    }

    /** Keeps what it knows of the epochs until now, or goes back to it; files that the run has written are its own. */
    void keep(final Memory memory) {
        best = memory.number("best", best);
        ifExists = memory.constant("if exists", ifExists);
        goesOn = memory.givesBack();
    }

    private void prepare(final Path file) {
        if (Files.exists(file)) {
            takeIn(file);
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (final IOException trouble) {
            throw FileTrouble.refused("The checkpoint", file, trouble);
        }
    }

    private void takeIn(final Path file) {
        if (goesOn && (ifExists == IfExists.OVERWRITE || isCheckpoint(file))) {
            ifExists = IfExists.OVERWRITE; // written by the run itself, perhaps after the state that it goes on from
            return;
        }
        if (config.existing() == Existing.FAIL) {
            throw new InvalidInputException("The checkpoint should become the new file " + file
                    + ", but there is one already; choose another name or allow to overwrite it.");
        }
        if (config.existing() == Existing.REPLACE_IF_BETTER) {
            final double there = number(file);
            best = Double.isNaN(best) || config.watch().isBetter(there, best) ? there : best;
            log.accept(file + " has a model with " + config.watch().column() + " " + there
                    + "; only a better one takes its place");
        }
    }

    private boolean isCheckpoint(final Path file) {
        try {
            number(file);
            return true;
        } catch (final InvalidInputException another) {
            return false;
        }
    }

    /** The number with which a model was written. */
    private double number(final Path file) {
        final String start = config.watch().column() + " = ";
        try {
            final String setting = ModelFile.readProvenance(file).settings().getOrDefault(SETTING, "");
            if (setting.startsWith(start)) {
                return Double.parseDouble(setting.substring(start.length()));
            }
        } catch (final InvalidInputException | IOException | NumberFormatException noCheckpoint) {
            throw notComparable(file, noCheckpoint);
        }
        throw notComparable(file, null);
    }

    private InvalidInputException notComparable(final Path file, final Exception cause) {
        return new InvalidInputException(
                "The checkpoint takes the place of a model with a worse "
                        + config.watch().column() + ", but " + file
                        + " is none that was written with this number; choose another name, or overwrite it always.",
                cause);
    }

    /**
     * Takes the numbers of an epoch in; where the number is undefined, nothing says that the model is better. What cannot be
     * written does not end the run.
     */
    void take(final int epoch, final Map<String, Double> numbers) {
        final double value = config.watch().in(numbers);
        if (Double.isNaN(value) || !Double.isNaN(best) && !config.watch().isBetter(value, best)) {
            return;
        }
        final List<Model> models = now.get();
        if (models.stream().anyMatch(model -> model.notFinite().isPresent())) { // the number is from before the update
            return;
        }
        try {
            write(models, config.watch().column() + " = " + value);
            best = value;
            log.accept("Model of epoch " + epoch + " written to "
                    + config.files().stream().map(Path::toString).collect(Collectors.joining(" and ")));
        } catch (final InvalidInputException | IOException trouble) {
            log.accept(
                    "Warning: the model of epoch " + epoch + " is not kept, training goes on: " + trouble.getMessage());
        }
    }

    private void write(final List<Model> models, final String number) throws IOException {
        for (int i = 0; i < models.size(); i++) {
            final Model model = models.get(i);
            ModelFile.write(
                    new Model(
                            model.network(),
                            model.weights(),
                            model.preprocessing(),
                            model.provenance().with(SETTING, number)),
                    config.files().get(i),
                    ifExists);
        }
        ifExists = IfExists.OVERWRITE;
    }
}
