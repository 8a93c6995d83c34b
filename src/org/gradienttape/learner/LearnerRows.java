package org.gradienttape.learner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.table.TableReader;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.error.InvalidInputException;

/**
 * Rows to learn from.
 *
 * @param training what the first network learns from
 * @param heldOut decides which of its epochs was the best; absent if there is no such row
 * @param all the rows of both, encoded and scaled by what all of them have; present if a second network is to learn from them
 * @param warnings what looks wrong, one sentence each
 */
public record LearnerRows(Dataset training, Optional<Dataset> heldOut, Optional<Dataset> all, List<String> warnings) {
    public LearnerRows {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a table, once more if that is needed for the rows of both parts.
     *
     * @param folder for the datasets; must not exist or be empty, and is needed as long as they are
     * @param again whether a second network is to learn from all rows; never from those of a validation table
     * @throws InvalidInputException for a table that does not fit the request
     * @throws IOException if a file cannot be read or written
     * @throws CancellationException if the monitor says so
     */
    public static LearnerRows read(
            final TableRequest request, final Path folder, final boolean again, final ReadMonitor monitor)
            throws IOException {
        final boolean twice = again && request.second().isEmpty();
        final double share = twice ? 0.5 : 1;
        final DatasetPair parts = TableReader.read(
                request, folder.resolve("training"), folder.resolve("held-out"), done -> monitor.goOn(share * done));
        final Optional<Dataset> heldOut = parts.heldOut().filter(part -> part.samples() > 0);
        final Optional<Dataset> all = twice && heldOut.isPresent()
                ? Optional.of(TableReader.read(
                                request.withNothingHeldOut(),
                                folder.resolve("all"),
                                folder.resolve("none"),
                                done -> monitor.goOn(share + share * done))
                        .training())
                : Optional.empty();
        return new LearnerRows(parts.training(), heldOut, all, parts.warnings());
    }
}
