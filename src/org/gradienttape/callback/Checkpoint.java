package org.gradienttape.callback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.IfExists;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;

/** Writes the model whenever a number is better than ever; the file is there as a whole at any time. */
final class Checkpoint {
    private final CheckpointConfig config;
    private final Supplier<Model> now;
    private double best = Double.NaN;
    private IfExists ifExists;

    /**
     * Makes the file's folder, so that a wrong place is told before the first epoch.
     *
     * @param now the model as it is trained so far
     * @throws InvalidInputException if the file is there and is to stay, or the folder cannot be made
     */
    Checkpoint(final CheckpointConfig config, final Supplier<Model> now) {
        this.config = config;
        this.now = now;
        this.ifExists = config.ifExists();
        final Path file = config.file().toAbsolutePath();
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
     * @return whether the model was written
     * @throws InvalidInputException if it cannot be written; says why
     */
    boolean saves(final Map<String, Double> numbers) {
        final double value = config.watch().in(numbers);
        if (Double.isNaN(value) || !Double.isNaN(best) && !config.watch().isBetter(value, best)) {
            return false;
        }
        final Model model = now.get();
        if (model.notFinite().isPresent()) { // the number is that of before the last update
            return false;
        }
        try {
            ModelFile.write(model, config.file(), ifExists);
        } catch (final IOException trouble) {
            throw new InvalidInputException(trouble.getMessage(), trouble);
        }
        best = value;
        ifExists = IfExists.OVERWRITE;
        return true;
    }

    String message(final int epoch) {
        return "Model of epoch " + epoch + " written to " + config.file();
    }
}
