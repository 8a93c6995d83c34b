package org.gradienttape.tensorboard;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GeneratedImage;
import org.gradienttape.image.SampleImage;
import org.gradienttape.layer.Network;
import org.gradienttape.state.Memory;
import org.gradienttape.train.BatchResult;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.LoopListener;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingLog;

/**
 * The log of one run in a folder of TensorBoard, where each run has a folder of its own. A run that goes on goes on in its
 * folder, in a new file that takes back what came behind the place where it goes on. All is at the number of the step in the
 * whole run. A log that cannot be written is told, and does not end the run.
 *
 * <p>Whoever opens it closes it.
 */
public final class TensorBoardLog implements AutoCloseable {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final Pattern NAMES = Pattern.compile("[0-9]{8}-[0-9]{6}(-[0-9]{1,9})?");
    /** After so long, what was written is where TensorBoard sees it. */
    private static final long DELAY = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private final Consumer<String> warnings;
    /** Of the run's folder; empty before the run begins. */
    private String name = "";

    private Optional<EventFile> file = Optional.empty();
    private long lastFlush = System.nanoTime();

    /**
     * What a run logs.
     *
     * @param losses their names
     * @param metrics their names
     * @param rates names of the learning rates
     * @param stepsPerEpoch of a whole epoch
     * @param networks by the names that go before those of their layers; an only one may have an empty name
     */
    public record Content(
            List<String> losses,
            List<String> metrics,
            List<String> rates,
            int stepsPerEpoch,
            Map<String, Network> networks) {}

    private TensorBoardLog(final Path folder, final Consumer<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    /**
     * Takes a folder of TensorBoard, which is made if it is not there; nothing is written into it before the run begins.
     *
     * @param warnings takes sentences about what could not be written; called on the run's thread
     * @throws InvalidInputException if nothing can be written there
     */
    public static TensorBoardLog open(final Path folder, final Consumer<String> warnings) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new AccessDeniedException(folder.toString());
            }
        } catch (final IOException trouble) {
            throw FileTrouble.refused("The log for TensorBoard", folder, trouble);
        }
        return new TensorBoardLog(folder, warnings);
    }

    /** Listens to a run besides its own listener, which is told first. */
    public LoopListener besides(final LoopListener listener, final Content content) {
        return new RunLog(listener, content);
    }

    /** Takes the images of a run besides its own monitor, which is told first. */
    public GanMonitor besides(final GanMonitor monitor, final int stepsPerEpoch) {
        return new ImageLog(monitor, stepsPerEpoch);
    }

    /**
     * A run begins, or goes on behind so many steps.
     *
     * @param content whose networks are drawn where the log begins
     */
    private void begin(final long stepsDone, final Content content) {
        try {
            final boolean isThere = !name.isEmpty() && Files.isDirectory(folder.resolve(name));
            file = Optional.of(EventFile.create(isThere ? folder.resolve(name) : fresh()));
            write(EventMessages.start(stepsDone));
            if (!isThere) {
                final List<GraphNode> nodes = new ArrayList<>();
                content.networks()
                        .forEach((owner, network) ->
                                nodes.addAll(GraphNode.of(owner.isEmpty() ? "" : owner + "/", network)));
                write(EventMessages.graph(nodes));
            }
            flush();
        } catch (final IOException trouble) {
            giveUp(trouble);
        }
    }

    /** A folder of its own for the run, named after the time; runs that begin in one second get a number. */
    private Path fresh() throws IOException {
        final String time = NAME.format(LocalDateTime.now());
        for (int number = 2; ; number++) {
            try {
                name = number == 2 ? time : time + "-" + (number - 1);
                return Files.createDirectory(folder.resolve(name));
            } catch (final FileAlreadyExistsException another) {
                name = "";
            }
        }
    }

    private void keep(final Memory memory) {
        if (!memory.givesBack()) {
            memory.text("folder", name);
            flush(); // the run that goes on from here takes back what is behind it, and does not repeat what is before
        } else if (memory.has("folder")) {
            final String kept = memory.text("folder", name);
            name = NAMES.matcher(kept).matches() ? kept : "";
        }
    }

    private synchronized void write(final byte[] event) {
        if (file.isPresent()) {
            try {
                file.get().write(event);
            } catch (final IOException trouble) {
                giveUp(trouble);
            }
        }
    }

    private void flushIfLate() {
        if (System.nanoTime() - lastFlush > DELAY) {
            flush();
        }
    }

    private synchronized void flush() {
        lastFlush = System.nanoTime();
        if (file.isPresent()) {
            try {
                file.get().flush();
            } catch (final IOException trouble) {
                giveUp(trouble);
            }
        }
    }

    private synchronized void giveUp(final IOException trouble) {
        warnings.accept(FileTrouble.writing("The log for TensorBoard", folder, trouble)
                        .getMessage() + " The run goes on without it.");
        file.ifPresent(broken -> {
            try {
                broken.close();
            } catch (final IOException again) { // it was told
                trouble.addSuppressed(again);
            }
        });
        file = Optional.empty();
    }

    /** A log that ends. */
    @Override
    public synchronized void close() {
        flush();
        if (file.isPresent()) {
            try {
                file.get().close();
            } catch (final IOException trouble) {
                giveUp(trouble);
            }
        }
        file = Optional.empty();
    }

    /** The rows of both logs. */
    private final class RunLog implements LoopListener {
        private final LoopListener listener;
        private final Content content;

        RunLog(final LoopListener listener, final Content content) {
            this.listener = listener;
            this.content = content;
        }

        @Override
        public void begins(final long stepsDone, final Optional<TrainingLog.EpochRow> justEnded) {
            listener.begins(stepsDone, justEnded);
            begin(stepsDone, content);
            justEnded.ifPresent(this::add); // at the number of a step that is taken back
        }

        @Override
        public boolean goOn(final Progress progress) {
            flushIfLate();
            return listener.goOn(progress);
        }

        @Override
        public void log(final String line) {
            listener.log(line);
        }

        @Override
        public void epochStarts(final int epoch) {
            listener.epochStarts(epoch);
        }

        @Override
        public boolean looksBefore(final int step) {
            return listener.looksBefore(step);
        }

        @Override
        public void beforeStep(final int epoch, final int step) {
            listener.beforeStep(epoch, step);
        }

        @Override
        public void afterStep(final int epoch, final int step, final BatchResult result) {
            listener.afterStep(epoch, step, result);
        }

        @Override
        public void logged(final TrainingLog.StepRow row) {
            listener.logged(row);
            final Map<String, Double> numbers = new LinkedHashMap<>();
            put(numbers, "step/", content.losses(), row.losses());
            put(numbers, "step/", content.metrics(), row.metrics());
            row.reported().forEach((column, value) -> numbers.put("step/" + column, value));
            write(EventMessages.scalars(step(row.epoch(), row.step(), content.stepsPerEpoch()), numbers));
        }

        @Override
        public void trained(final List<String> metrics, final List<Double> values) {
            listener.trained(metrics, values);
        }

        @Override
        public void validated(final List<String> metrics, final List<Double> values) {
            listener.validated(metrics, values);
        }

        @Override
        public void epochEnds(final TrainingLog.EpochRow row) {
            listener.epochEnds(row);
            add(row);
            flush();
        }

        private void add(final TrainingLog.EpochRow row) {
            final Map<String, Double> numbers = new LinkedHashMap<>();
            EpochColumns.numbers(content.losses(), content.metrics(), row)
                    .forEach((column, value) -> numbers.put("epoch/" + column, value));
            content.metrics().forEach(metric -> {
                numbers.remove("epoch/" + metric, Double.NaN); // undefined
                numbers.remove("epoch/" + EpochColumns.validation(metric), Double.NaN);
            });
            put(numbers, "epoch/", content.rates(), row.learningRates());
            numbers.put("epoch/Seconds", row.seconds());
            write(EventMessages.scalars(step(row.epoch(), row.steps(), content.stepsPerEpoch()), numbers));
        }

        private void put(
                final Map<String, Double> numbers,
                final String group,
                final List<String> names,
                final List<Double> values) {
            for (int i = 0; i < names.size(); i++) {
                if (content.losses().contains(names.get(i)) || !Double.isNaN(values.get(i))) {
                    numbers.put(group + names.get(i), values.get(i));
                }
            }
        }

        @Override
        public void keep(final Memory memory) {
            listener.keep(memory);
            TensorBoardLog.this.keep(memory.part("TensorBoard"));
        }
    }

    /** Over all epochs, from 0. */
    private static long step(final int epoch, final int step, final int stepsPerEpoch) {
        return (long) epoch * stepsPerEpoch + step;
    }

    /** The images that a run keeps. */
    private final class ImageLog implements GanMonitor {
        private final GanMonitor monitor;
        private final int stepsPerEpoch;

        ImageLog(final GanMonitor monitor, final int stepsPerEpoch) {
            this.monitor = monitor;
            this.stepsPerEpoch = stepsPerEpoch;
        }

        @Override
        public boolean goOn(final Progress progress) {
            return monitor.goOn(progress);
        }

        @Override
        public void warn(final String sentence) {
            monitor.warn(sentence);
        }

        @Override
        public void log(final String line) {
            monitor.log(line);
        }

        @Override
        public void kept(final List<GeneratedImage> images) {
            monitor.kept(images);
            for (final GeneratedImage image : images) {
                final String tag = image.noise() == GeneratedImage.Noise.RUNNING
                        ? "generated/running noise"
                        : "generated/fixed noise " + image.number();
                write(EventMessages.image(
                        step(image.epoch(), image.step(), stepsPerEpoch),
                        tag,
                        image.shape(),
                        SampleImage.png(image.shape(), image.pixels())));
            }
        }
    }
}
