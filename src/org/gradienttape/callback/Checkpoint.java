package org.gradienttape.callback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.IfExists;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;

/** Writes the models whenever a number is better than ever; each file is there as a whole at any time. */
final class Checkpoint {
    private final CheckpointConfig config;
    private final Supplier<List<Model>> now;
    private double best = Double.NaN;
    private IfExists ifExists;

    /**
     * Makes the files' folders, so that a wrong place is told before the first epoch.
     *
     * @param now the models as they are trained so far
     * @throws InvalidInputException if a file is there and is to stay, or a folder cannot be made
     */
    Checkpoint(final CheckpointConfig config, final Supplier<List<Model>> now) {
        this.config = config;
        this.now = now;
        this.ifExists = config.ifExists();
        config.files().forEach(file -> prepare(file.toAbsolutePath()));
    }

    private void prepare(final Path file) {
        if (ifExists == IfExists.FAIL && Files.exists(file)) {
            throw new InvalidInputException("The checkpoint should become the new file " + file
                    + ", but there is one already; choose another name or allow to overwrite it.");
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (final IOException trouble) {
            throw new InvalidInputException(
                    "The folder " + file.getParent() + " of the checkpoint could not be made; choose another one.",
                    trouble);
        }
    }

    /**
     * Takes the numbers of an epoch in; where the number is undefined, nothing says that the model is better.
     *
     * @return whether the models were written
     * @throws InvalidInputException if one cannot be written; says why
     */
    boolean saves(final Map<String, Double> numbers) {
        final double value = config.watch().in(numbers);
        if (Double.isNaN(value) || !Double.isNaN(best) && !config.watch().isBetter(value, best)) {
            return false;
        }
        final List<Model> models = now.get();
        if (models.stream().anyMatch(model -> model.notFinite().isPresent())) { // the number is from before the update
            return false;
        }
        try {
            for (int i = 0; i < models.size(); i++) {
                ModelFile.write(models.get(i), config.files().get(i), ifExists);
            }
        } catch (final IOException trouble) {
            throw new InvalidInputException(trouble.getMessage(), trouble);
        }
        best = value;
        ifExists = IfExists.OVERWRITE;
        return true;
    }

    String message(final int epoch) {
        return "Model of epoch " + epoch + " written to "
                + config.files().stream().map(Path::toString).collect(Collectors.joining(" and "));
    }
}
