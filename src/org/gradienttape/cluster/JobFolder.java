package org.gradienttape.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.checkpoint.FolderLock;
import org.gradienttape.checkpoint.RunKeeper;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.file.FolderTree;
import org.gradienttape.file.IfExists;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.RecordJson;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;

/**
 * The folder of a run that driver and workers see, under the same path. It holds what is to be done, the checkpoints, how far
 * the run is, and at the end what came out.
 *
 * @param path of the folder
 */
public record JobFolder(Path path) {
    private static final String ADVICE = "start the run anew";

    /**
     * Where a dataset lies, and what is in it.
     *
     * @param sum of all that it holds
     */
    record Data(Path folder, String sum) {
        static Data of(final Dataset dataset) {
            return new Data(dataset.folder().toAbsolutePath(), dataset.sum());
        }
    }

    /** What is to be done, without the model. */
    record Description(
            ClusterConfig cluster, RunSettings settings, OwnCode code, Data training, Optional<Data> validation) {}

    /** How a run ended. */
    public enum Ending {
        /** The model is there. */
        DONE,
        /** Somebody has to change something first. */
        REFUSED,
        /** A worker was lost; the run can go on from its checkpoint. */
        LOST
    }

    /**
     * How a run ended, or what one worker says of it.
     *
     * @param sentence for a person; empty where it is done
     */
    public record Outcome(Ending ending, String sentence) {
        public static final Outcome DONE = new Outcome(Ending.DONE, "");

        public static Outcome refused(final String sentence) {
            return new Outcome(Ending.REFUSED, sentence);
        }

        public static Outcome lost(final String sentence) {
            return new Outcome(Ending.LOST, sentence);
        }

        /** As one text. */
        public String toText() {
            return ending.name() + " " + sentence;
        }

        public static Outcome of(final String text) {
            final int space = text.indexOf(' ');
            return new Outcome(Ending.valueOf(text.substring(0, space)), text.substring(space + 1));
        }
    }

    /**
     * Writes what is to be done; checkpoints that are there stay, so that the same run goes on.
     *
     * @param place of this run alone
     * @param job whose datasets lie where all workers see them
     * @param code what of the run is Java code
     */
    public static JobFolder create(
            final RunPlace place, final TrainingJob job, final OwnCode code, final ClusterConfig cluster)
            throws IOException {
        final JobFolder made = new JobFolder(place.folder());
        for (final Path old : List.of(made.cancel(), made.outcomeFile(), made.lines())) {
            Files.deleteIfExists(old);
        }
        ModelFile.write(job.model(), made.start(), IfExists.OVERWRITE);
        made.write(
                made.description(),
                RecordJson.write(new Description(
                        cluster,
                        RunSettings.of(job),
                        code,
                        Data.of(job.training()),
                        job.validation().map(Data::of))));
        made.report(Progress.start(job.training().samples(), job.config(), EpochColumns.LOSS));
        return made;
    }

    private Path start() {
        return path.resolve("start.gradienttape");
    }

    private Path description() {
        return path.resolve("job.json");
    }

    private Path progressFile() {
        return path.resolve("progress.json");
    }

    private Path outcomeFile() {
        return path.resolve("outcome.json");
    }

    private Path logFile() {
        return path.resolve("log.json");
    }

    private Path trained() {
        return path.resolve("trained.gradienttape");
    }

    private Path cancel() {
        return path.resolve("cancel");
    }

    private Path lines() {
        return path.resolve("lines.txt");
    }

    private Path checkpointFolder() {
        return path.resolve("checkpoints");
    }

    /** What the driver says of itself. */
    public Path driverLog() {
        return path.resolve("driver.log");
    }

    /**
     * Keeps the next run of this folder waiting until the driver has ended.
     *
     * @throws InvalidInputException if another driver is there
     */
    public FolderLock ofDriver() throws IOException {
        return RunPlace.ofDriver(path);
    }

    /** Where the run is computed. */
    public ClusterConfig cluster() throws IOException {
        return read().cluster();
    }

    private Description read() throws IOException {
        return read(description(), Description.class);
    }

    private static <T extends Record> T read(final Path file, final Class<T> type) throws IOException {
        return RecordJson.read(Files.readAllBytes(file), type, new JsonFields.Source("The file " + file, ADVICE));
    }

    private static <T extends Record> Optional<T> readIfThere(final Path file, final Class<T> type) throws IOException {
        try {
            return Optional.of(read(file, type));
        } catch (final NoSuchFileException notThere) {
            return Optional.empty();
        }
    }

    /**
     * What is wrong with the folder as a worker sees it.
     *
     * @param worker its name for a sentence
     */
    Optional<String> trouble(final String worker) {
        if (!Files.isReadable(description())) {
            return Optional.of("The folder " + path + " of the run must be seen by all workers under this path, but "
                    + worker + " does not see it; choose a shared folder that all machines have.");
        }
        try {
            final Description job = read();
            for (final Data data : Stream.concat(Stream.of(job.training), job.validation.stream())
                    .toList()) {
                if (!Files.isDirectory(data.folder)) {
                    return Optional.of("The data " + data.folder + " must be seen by all workers under this path, but "
                            + worker + " does not see them; put them into a shared folder that all machines have.");
                }
                if (!Dataset.open(data.folder).sum().equals(data.sum)) {
                    return Optional.of("The data " + data.folder + " must be the same for all workers, but on " + worker
                            + " their checksum is another one; copy them anew.");
                }
            }
            return Optional.empty();
        } catch (final IOException | InvalidInputException unreadable) {
            return Optional.of("On " + worker + ", " + path + " could not be read: " + unreadable.getMessage());
        }
    }

    /** The job, as it was given. */
    TrainingJob job() throws IOException {
        final Description job = read();
        final Optional<Dataset> validation =
                job.validation.isPresent() ? Optional.of(Dataset.open(job.validation.get().folder)) : Optional.empty();
        return job.settings.job(ModelFile.read(start()), Dataset.open(job.training.folder), validation);
    }

    /** What of the run is Java code. */
    OwnCode code() throws IOException {
        return read().code();
    }

    CheckpointPlan checkpoints() throws IOException {
        return new CheckpointPlan(
                checkpointFolder(),
                cluster().checkpointEvery(),
                CheckpointPlan.Unit.STEPS,
                CheckpointPlan.Resume.IF_THERE);
    }

    /** Names of the checkpoints that are there; another text after each new one. */
    public String checkpointNames() {
        try {
            return FolderTree.content(checkpointFolder()).stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".gradienttape"))
                    .sorted()
                    .toList()
                    .toString();
        } catch (final IOException none) {
            return "";
        }
    }

    /**
     * Lets the run begin anew.
     *
     * @throws InvalidInputException if it is running
     */
    public void forgetCheckpoints() throws IOException {
        RunKeeper.forget(checkpointFolder());
    }

    /** Asks the run to end after its next step. */
    public void askForEnd() throws IOException {
        Files.write(cancel(), new byte[0]);
    }

    public boolean isAskedForEnd() {
        return Files.exists(cancel());
    }

    void report(final Progress progress) throws IOException {
        write(progressFile(), RecordJson.write(progress));
    }

    /** How far the run is. */
    Progress progress() throws IOException {
        return read(progressFile(), Progress.class);
    }

    /** How much a line matters. */
    enum Weight {
        LOG,
        WARNING
    }

    /** Something that the run says to people. */
    record Line(Weight weight, String text) {
        private static final Pattern BREAK = Pattern.compile("\\R");

        private static Line of(final String written) {
            final int space = written.indexOf(' ');
            return new Line(Weight.valueOf(written.substring(0, space)), written.substring(space + 1));
        }

        /** One line, whatever the text holds. */
        private String written() {
            return weight + " " + BREAK.matcher(text).replaceAll(" ") + "\n";
        }

        void tell(final TrainingMonitor monitor) {
            switch (weight) {
                case LOG -> monitor.log(text);
                case WARNING -> monitor.warn(text);
            }
        }
    }

    void say(final Line line) throws IOException {
        Files.write( // which takes half a character, too
                lines(),
                line.written().getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** All lines so far, whole ones only. */
    List<Line> said() throws IOException {
        try {
            final byte[] bytes = Files.readAllBytes(lines());
            int end = bytes.length; // behind the last whole line; what follows may end within a letter
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8)
                    .lines()
                    .map(Line::of)
                    .toList();
        } catch (final NoSuchFileException notYet) {
            return List.of();
        }
    }

    void finish(final Model model, final TrainingLog log) throws IOException {
        ModelFile.write(model, trained(), IfExists.OVERWRITE);
        write(logFile(), RecordJson.write(log));
    }

    /** What came out of a run that is done. */
    public Model model() throws IOException {
        return ModelFile.read(trained());
    }

    /** The log of a run that is done. */
    public TrainingLog log() throws IOException {
        return read(logFile(), TrainingLog.class);
    }

    /** Says how the run ended. */
    public void end(final Outcome outcome) throws IOException {
        write(outcomeFile(), RecordJson.write(outcome));
    }

    /** How the run ended, if the driver came to say that. */
    Optional<Outcome> outcome() throws IOException {
        return readIfThere(outcomeFile(), Outcome.class);
    }

    private void write(final Path file, final byte[] bytes) throws IOException {
        AtomicFile.write("The file", file, IfExists.OVERWRITE, out -> out.write(bytes));
    }
}
