package org.gradienttape.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.FolderTree;
import org.gradienttape.file.UnfinishedFiles;
import org.gradienttape.torch.training.TrainingJob;

/** Copies of datasets in a folder that all workers see. */
public final class SharedData {
    private SharedData() {}

    /** The same job with its data in the folder; what is there already is not copied again. */
    public static TrainingJob copied(final TrainingJob job, final Path folder) throws IOException {
        Files.createDirectories(folder);
        final Optional<Dataset> validation = job.validation().isPresent()
                ? Optional.of(copied(job.validation().get(), folder))
                : Optional.empty();
        return RunSettings.of(job).job(job.model(), copied(job.training(), folder), validation);
    }

    private static Dataset copied(final Dataset dataset, final Path folder) throws IOException {
        final Path copy = folder.resolve("data-" + dataset.sum());
        if (!Files.isDirectory(copy)) {
            copy(dataset.folder(), copy);
        }
        return Dataset.open(copy);
    }

    /** A copy is there as a whole or not at all; what a killed one has left is taken away. */
    private static void copy(final Path from, final Path to) throws IOException {
        try (UnfinishedFiles unfinished = UnfinishedFiles.in(to.getParent())) {
            final Path half = Files.createDirectory(unfinished.next());
            for (final Path file : FolderTree.content(from)) {
                Files.copy(file, half.resolve(file.getFileName()));
            }
            Files.move(half, to);
        } catch (final IOException trouble) {
            throw FileTrouble.writing("The data", to, trouble);
        }
    }
}
