package org.gradienttape.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileBatch;
import org.gradienttape.file.IfExists;
import org.gradienttape.file.MissingFolder;
import org.gradienttape.file.PlannedFile;
import org.gradienttape.file.PlannedFile.Status;
import org.gradienttape.image.WritePlan.Wanted;

/** Image files of one folder, and if wanted a contact sheet of them. Start here to write images. */
public final class ImageFiles {
    private final Job job;
    private final Optional<ContactSheet.Grid> grid;
    private final List<PlannedFile> files;
    private final int images;

    /**
     * How images are written.
     *
     * @param folder absolute
     * @param missingFolder what happens if it is not there
     * @param format of the files
     * @param ifExists what happens to files that are there
     * @param sheet of all images, as a PNG in the same folder
     */
    public record Job(
            Path folder,
            MissingFolder missingFolder,
            ImageFormat format,
            IfExists ifExists,
            Optional<SheetConfig> sheet) {}

    /**
     * A contact sheet.
     *
     * @param name of the file
     * @param imagesPerRow at least 1
     */
    public record SheetConfig(String name, int imagesPerRow) {
        public SheetConfig {
            if (imagesPerRow < 1) {
                throw new InvalidInputException(
                        "The images per row of the contact sheet must be at least 1, but they are " + imagesPerRow
                                + ".");
            }
        }
    }

    /**
     * An image that will come.
     *
     * @param owner for error sentences, for example: Row "Row3"
     * @param name of its file, any text
     * @param width in pixels
     * @param height in pixels
     */
    public record Announced(String owner, String name, int width, int height) {}

    /**
     * Plans all files; writes nothing.
     *
     * @throws InvalidInputException if a name is none or taken, see {@link WritePlan}, or the sheet would be too large
     */
    public ImageFiles(final Job job, final List<Announced> announced) {
        this.job = job;
        images = announced.size();
        grid = job.sheet().filter(sheet -> images > 0).map(sheet -> grid(sheet, announced));
        final List<Wanted> names = new ArrayList<>();
        announced.forEach(image -> names.add(new Wanted(image.owner(), image.name(), job.format())));
        if (grid.isPresent()) {
            names.add(new Wanted("Contact sheet", job.sheet().orElseThrow().name(), ImageFormat.PNG));
        }
        files = WritePlan.of(job.folder(), names, job.ifExists()).files();
    }

    /** One file for each announced image, in their order. */
    public List<PlannedFile> files() {
        return files.subList(0, images);
    }

    /** The file of the contact sheet, if there is one. */
    public Optional<PlannedFile> sheet() {
        return grid.map(cells -> files.get(images));
    }

    /**
     * Writes all files, or none.
     *
     * @param pngs as many as announced, each a PNG file
     * @param goOn asked before each image with its number from 0; false ends it, and nothing is left behind
     * @return whether the files are there
     * @throws InvalidInputException if an image is none, or the folder is not there and is not to be made
     * @throws IOException if a file cannot be written, with a sentence
     */
    public boolean write(final Iterator<byte[]> pngs, final IntPredicate goOn) throws IOException {
        final Optional<ContactSheet> drawn = grid.map(ContactSheet::new);
        try (FileBatch batch = FileBatch.in("image", job.folder(), job.missingFolder())) {
            for (int i = 0; i < images; i++) {
                if (!goOn.test(i)) {
                    return false;
                }
                final byte[] png = pngs.next();
                if (files.get(i).status() != Status.SKIPPED) {
                    batch.stage(files.get(i), job.format().encode(png));
                }
                drawn.ifPresent(sheet -> sheet.add(ImageFormat.read(png)));
            }
            if (drawn.isPresent()) {
                batch.stage(files.get(images), drawn.get().png());
            }
            batch.commit();
        }
        return true;
    }

    private static ContactSheet.Grid grid(final SheetConfig sheet, final List<Announced> images) {
        final int width = images.stream().mapToInt(Announced::width).max().orElseThrow();
        final int height = images.stream().mapToInt(Announced::height).max().orElseThrow();
        return ContactSheet.Grid.of(images.size(), sheet.imagesPerRow(), width, height);
    }
}
