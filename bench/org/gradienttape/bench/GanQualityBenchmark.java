package org.gradienttape.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GeneratedImage;
import org.gradienttape.image.SampleImage;
import org.gradienttape.layer.Shape;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.gan.TrainedGan;
import org.gradienttape.train.Progress;

/**
 * Whether the guide's DCGAN learns to draw digits: trains it on all 70,000 and asks a classifier of digits, every 200
 * steps and at the end, what it sees in 256 images of noise that stays the same. Beside them stand real digits and
 * uniform noise.
 *
 * <p>Arguments: the number of steps, 2188 (two epochs) if not given; the seed, 0 if not given; the number of threads, 1 if
 * not given; the folder for the contact sheets, one PNG of the 256 images per row of the table,
 * releng/bench/target/gan-quality if not given; the device, cpu, gpu or automatic, cpu if not given.
 */
public final class GanQualityBenchmark {
    private static final Shape DIGIT = Shape.of(28, 28, 1);
    private static final int IMAGES = 256;
    private static final int EVERY = 200;

    private final DigitJudge judge;
    private final GanQualityReport report;
    private final Path sheets;

    private GanQualityBenchmark(final DigitJudge judge, final GanQualityReport report, final Path sheets) {
        this.judge = judge;
        this.report = report;
        this.sheets = sheets;
    }

    public static void main(final String[] args) throws IOException {
        final int steps = args.length > 0 ? Integer.parseInt(args[0]) : 2188;
        final long seed = args.length > 1 ? Long.parseLong(args[1]) : 0;
        final int threads = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        final Path sheets =
                args.length > 3 ? Path.of(args[3]) : Results.root().resolve("releng/bench/target/gan-quality");
        final Device device = args.length > 4 ? Device.valueOf(args[4].toUpperCase(Locale.ROOT)) : Device.CPU;
        Files.createDirectories(sheets);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final DigitJudge judge = DigitJudge.train(folder.path().resolve("judge"));
            System.out.printf(Locale.ROOT, "The judge's validation accuracy is %.4f%n", judge.accuracy());
            final GanQualityReport report = new GanQualityReport(
                    "Guide's DCGAN on 70,000 digits, seed " + seed + ", device: " + device + ", threads: " + threads,
                    Machine.now(),
                    judge.accuracy());
            new GanQualityBenchmark(judge, report, sheets)
                    .run(GanTask.read(folder.path()), steps, seed, new Compute(device, threads));
        }
    }

    private void run(final GanTask task, final int steps, final long seed, final Compute compute) throws IOException {
        add("uniform noise", noise());
        add("real digits", judge.realDigits(IMAGES));
        final TrainedGan trained = GanTraining.run(
                task.job(
                        GanTask.freshGenerator(seed),
                        GanTask.freshDiscriminator(seed),
                        new GanTask.Length(
                                steps, GuideTask.SHUFFLE_BUFFER, seed, new GanConfig.KeptImages(EVERY, IMAGES)),
                        compute),
                new Watcher());
        add("step " + steps, imagesOf(task, trained, seed, compute));
    }

    /** A run of one step with the same seed has the same fixed noise, and keeps its images before the step. */
    private static List<byte[]> imagesOf(
            final GanTask task, final TrainedGan trained, final long seed, final Compute compute) {
        final GanTask.Length oneStep =
                new GanTask.Length(1, GuideTask.SHUFFLE_BUFFER, seed, new GanConfig.KeptImages(1, IMAGES));
        return fixed(GanTraining.run(
                        task.job(trained.generator(), trained.discriminator(), oneStep, compute), new SilentMonitor())
                .images());
    }

    private static List<byte[]> fixed(final List<GeneratedImage> images) {
        return images.stream()
                .filter(image -> image.noise() == GeneratedImage.Noise.FIXED)
                .map(GeneratedImage::pixels)
                .toList();
    }

    private static List<byte[]> noise() {
        final SplittableRandom random = new SplittableRandom(0);
        final List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            final byte[] pixels = new byte[DIGIT.size()];
            random.nextBytes(pixels);
            images.add(pixels);
        }
        return images;
    }

    private void add(final String name, final List<byte[]> images) throws IOException {
        report.add(name, judge.judge(images));
        Files.write(sheets.resolve(name.replace(' ', '-') + ".png"), SampleImage.grid(DIGIT, images));
    }

    /** Judges images as soon as they are there, and prints the losses. */
    private final class Watcher implements GanMonitor {
        private final long start = System.nanoTime();
        private long stepsDone;

        @Override
        public boolean goOn(final Progress progress) {
            stepsDone = progress.stepsDone();
            if (stepsDone % 20 == 0) {
                System.out.printf(Locale.ROOT, "%6.0f s  %s%n", (System.nanoTime() - start) / 1e9, progress.message());
            }
            return true;
        }

        @Override
        public void kept(final List<GeneratedImage> images) {
            try {
                add("step " + stepsDone, fixed(images));
            } catch (final IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void log(final String line) {}
    }
}
