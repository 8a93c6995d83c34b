package org.gradienttape.gan;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.gradienttape.layer.Shape;
import org.gradienttape.state.Memory;
import org.gradienttape.train.BatchResult;
import org.gradienttape.train.LoopListener;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingLog;

/** Keeps the images that the generator makes on the way, and writes the lines of the guide's GAN. */
public final class GanListener implements LoopListener {
    /** The losses of a run, in the order of the networks. */
    public static final List<String> LOSSES = List.of("Discriminator loss", "Generator loss");

    /** Numbers that say when and of what an image was made. */
    private static final int PLACE = 4;

    private final GanConfig.KeptImages kept;
    private final Shape shape;
    private final Supplier<List<byte[]>> fixedImages;
    private final GanMonitor monitor;
    private final List<GeneratedImage> images = new ArrayList<>();
    private List<byte[]> fixed = List.of();

    /**
     * @param kept which images are kept
     * @param shape of one image
     * @param fixedImages those of the latent points that stay the same, by the generator as it is now
     */
    public GanListener(
            final GanConfig.KeptImages kept,
            final Shape shape,
            final Supplier<List<byte[]>> fixedImages,
            final GanMonitor monitor) {
        this.kept = kept;
        this.shape = shape;
        this.fixedImages = fixedImages;
        this.monitor = monitor;
    }

    /** All images that were kept, in the order of their making. */
    public List<GeneratedImage> images() {
        return List.copyOf(images);
    }

    @Override
    public boolean goOn(final Progress progress) {
        return monitor.goOn(progress);
    }

    @Override
    public void log(final String line) {
        monitor.log(line);
    }

    /** The lines of the guide, word for word (keras.io/guides/writing_a_custom_training_loop_in_tensorflow). */
    @Override
    public void epochStarts(final int epoch) {
        log("Start epoch " + epoch);
    }

    @Override
    public void logged(final TrainingLog.StepRow row) {
        log(String.format(
                Locale.ROOT,
                "discriminator loss at step %d: %.2f",
                row.step(),
                row.losses().get(0)));
        log(String.format(
                Locale.ROOT,
                "adversarial loss at step %d: %.2f",
                row.step(),
                row.losses().get(1)));
    }

    private boolean keepsImages(final int step) {
        return step % kept.every() == 0;
    }

    @Override
    public void keep(final Memory memory) {
        final long[] places = memory.integers(
                "places",
                images.stream()
                        .flatMapToLong(image -> LongStream.of(
                                image.epoch(), image.step(), image.noise().ordinal(), image.number()))
                        .toArray());
        final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        images.forEach(image -> pixels.writeBytes(image.pixels()));
        final byte[] kept = memory.bytes("pixels", pixels.toByteArray());
        images.clear();
        for (int i = 0; i < places.length / PLACE; i++) {
            images.add(new GeneratedImage(
                    (int) places[i * PLACE],
                    (int) places[i * PLACE + 1],
                    GeneratedImage.Noise.values()[(int) places[i * PLACE + 2]],
                    (int) places[i * PLACE + 3],
                    shape,
                    Arrays.copyOfRange(kept, i * shape.size(), (i + 1) * shape.size())));
        }
    }

    @Override
    public boolean looksBefore(final int step) {
        return kept.fixed() > 0 && keepsImages(step);
    }

    @Override
    public void beforeStep(final int epoch, final int step) {
        fixed = fixedImages.get();
    }

    @Override
    public void afterStep(final int epoch, final int step, final BatchResult result) {
        if (!keepsImages(step)) {
            return;
        }
        final List<GeneratedImage> made = new ArrayList<>();
        result.image()
                .ifPresent(pixels ->
                        made.add(new GeneratedImage(epoch, step, GeneratedImage.Noise.RUNNING, 0, shape, pixels)));
        for (int i = 0; i < fixed.size(); i++) {
            made.add(new GeneratedImage(epoch, step, GeneratedImage.Noise.FIXED, i, shape, fixed.get(i)));
        }
        images.addAll(made);
        monitor.kept(List.copyOf(made));
    }
}
