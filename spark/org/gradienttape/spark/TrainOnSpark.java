package org.gradienttape.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.RunPlace;
import org.gradienttape.cluster.RunSettings;
import org.gradienttape.cluster.SparkHome;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.IfExists;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.RecordJson;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;

/** The command train-on-spark: trains a model file on a dataset, without KNIME. */
public final class TrainOnSpark {
    private static final long NANOSECONDS_BETWEEN_LINES = 5_000_000_000L;
    private static final String RUN = "run";
    private static final String REFUSE = "refuse";
    /** By name, with what holds if they are not given; none where they must be. */
    private static final Map<String, Optional<String>> OPTIONS = options();

    private final Map<String, String> given;
    private final PrintStream out;

    private TrainOnSpark(final Map<String, String> given, final PrintStream out) {
        this.given = given;
        this.out = out;
    }

    private static Map<String, Optional<String>> options() {
        final Map<String, Optional<String>> options = new LinkedHashMap<>();
        options.put("model", Optional.empty());
        options.put("training", Optional.empty());
        options.put("validation", Optional.of(""));
        options.put("settings", Optional.of(""));
        options.put("step", Optional.of(""));
        options.put("loss", Optional.of(""));
        options.put("metrics", Optional.of(""));
        options.put("java", Optional.of(RUN));
        options.put("folder", Optional.empty());
        options.put("output", Optional.empty());
        options.put("spark", Optional.empty());
        options.put("master", Optional.of(ClusterConfig.THIS_MACHINE));
        options.put("workers", Optional.of("2"));
        options.put("memory", Optional.of("1024"));
        options.put("limit", Optional.of("60"));
        options.put("checkpoint-every", Optional.of("200"));
        return options;
    }

    public static void main(final String[] arguments) throws IOException {
        try {
            final Path jars = Path.of(System.getProperty("gradienttape.spark.jars"));
            System.exit(run(List.of(arguments), SparkRun.Jars.in(jars), System.out) ? 0 : 1);
        } catch (final InvalidInputException unfit) {
            System.err.println(unfit.getMessage());
            System.exit(1);
        } catch (final IOException trouble) {
            System.err.println(FileTrouble.sentence(trouble));
            System.exit(1);
        }
    }

    /**
     * Runs the command.
     *
     * @return false if the run was cancelled
     * @throws InvalidInputException if an option is wrong, or the run cannot be done
     */
    static boolean run(final List<String> arguments, final SparkRun.Jars jars, final PrintStream out)
            throws IOException {
        return new TrainOnSpark(parsed(arguments), out).run(jars);
    }

    private static Map<String, String> parsed(final List<String> arguments) {
        final Map<String, String> given = new LinkedHashMap<>();
        for (final String argument : arguments) {
            final int end = argument.indexOf('=');
            if (!argument.startsWith("--") || end < 0 || !OPTIONS.containsKey(argument.substring(2, end))) {
                throw new InvalidInputException("The options are --" + String.join("=, --", OPTIONS.keySet())
                        + "=, but " + argument + " is none of them.");
            }
            given.put(argument.substring(2, end), argument.substring(end + 1));
        }
        OPTIONS.forEach((name, otherwise) -> {
            if (otherwise.isEmpty() && given.getOrDefault(name, "").isBlank()) { // which would be the folder we are in
                throw new InvalidInputException("The option --" + name + "= is needed, but it is "
                        + (given.containsKey(name) ? "empty." : "missing."));
            }
            otherwise.ifPresent(value -> given.putIfAbsent(name, value));
        });
        return given;
    }

    private Path path(final String name) {
        try {
            return Path.of(given.get(name)).toAbsolutePath();
        } catch (final InvalidPathException noPath) {
            throw new InvalidInputException(
                    "The option --" + name + "= needs a path of this machine, but it is " + given.get(name) + ": "
                            + noPath.getReason() + "; correct it, or start the program with the environment variable"
                            + " LC_ALL set to C.UTF-8.",
                    noPath);
        }
    }

    private int number(final String name) {
        try {
            return Integer.parseInt(given.get(name));
        } catch (final NumberFormatException other) {
            throw new InvalidInputException(
                    "The option --" + name + "= needs a whole number, but it is " + given.get(name) + ".", other);
        }
    }

    private boolean run(final SparkRun.Jars jars) throws IOException {
        final SparkHome spark = SparkHome.of(path("spark"));
        final ClusterConfig cluster = new ClusterConfig(
                given.get("master"), number("workers"), number("memory"), number("limit"), number("checkpoint-every"));
        final TrainingJob job = job();
        final OwnCode code = code(job.model());
        AtomicFile.check("The trained model", path("output"));
        try (RunPlace place = RunPlace.take(path("folder"))) {
            return run(JobFolder.create(place, job, code, cluster), spark, jars);
        }
    }

    private boolean run(final JobFolder job, final SparkHome spark, final SparkRun.Jars jars) throws IOException {
        final ClusterConfig cluster = job.cluster();
        out.println("Training with " + cluster.workers() + " workers of Spark " + spark.version() + " on "
                + cluster.master() + "; the log of the driver is " + job.driverLog());
        if (!SparkRun.run(job, spark, jars, new Lines())) {
            out.println("The run was ended; it goes on from its checkpoint when it is started again.");
            return false;
        }
        ModelFile.write(job.model(), path("output"), IfExists.OVERWRITE);
        job.log()
                .epochs()
                .forEach(row -> out.println("Epoch " + row.epoch() + ": loss " + row.loss()
                        + (row.validationLosses().isEmpty()
                                ? ""
                                : ", validation loss " + row.validationLosses().get(0))));
        out.println("The trained model is " + path("output"));
        return true;
    }

    private TrainingJob job() throws IOException {
        final Optional<Dataset> validation =
                given.get("validation").isEmpty() ? Optional.empty() : Optional.of(Dataset.open(path("validation")));
        return settings().job(ModelFile.read(path("model")), Dataset.open(path("training")), validation);
    }

    /**
     * What of the run is Java code; says that of the model.
     *
     * @throws InvalidInputException if code is refused
     */
    private OwnCode code(final Model model) throws IOException {
        final OwnCode code = new OwnCode(text("step"), text("loss"), text("metrics"));
        final Optional<String> ofModel = model.outline().holdsCode();
        switch (given.get("java")) {
            case RUN -> ofModel.ifPresent(out::println);
            case REFUSE -> {
                if (ofModel.isPresent() || !code.isEmpty()) {
                    throw new InvalidInputException("Java code is refused by --java=refuse, but the "
                            + (ofModel.isPresent() ? "model " + path("model") + " holds some" : "options bring some")
                            + "; leave it out, or let it run by --java=run.");
                }
            }
            default ->
                throw new InvalidInputException(
                        "The option --java= needs " + RUN + " or " + REFUSE + ", but it is " + given.get("java") + ".");
        }
        return code;
    }

    private Optional<String> text(final String name) throws IOException {
        if (given.get(name).isEmpty()) {
            return Optional.empty();
        }
        FileTrouble.expectFile("A Java file of the " + name, path(name));
        try {
            return Optional.of(Files.readString(path(name)));
        } catch (final CharacterCodingException otherText) {
            throw new InvalidInputException(
                    "A Java file of the " + name + " should be text in UTF-8, but " + path(name)
                            + " is not; save it in UTF-8.",
                    otherText);
        }
    }

    private RunSettings settings() throws IOException {
        if (given.get("settings").isEmpty()) {
            return RunSettings.DEFAULT;
        }
        FileTrouble.expectFile("A file of settings", path("settings"));
        final JsonFields.Source source =
                new JsonFields.Source("The file of settings " + path("settings"), "correct the file");
        return RecordJson.read(Files.readAllBytes(path("settings")), RunSettings.DEFAULT, source);
    }

    /** Prints what the run says, and now and then how far it is. */
    private final class Lines implements TrainingMonitor {
        private long last = System.nanoTime();

        @Override
        public boolean goOn(final Progress progress) {
            if (System.nanoTime() - last > NANOSECONDS_BETWEEN_LINES) {
                last = System.nanoTime();
                out.println(progress.message());
            }
            return true;
        }

        @Override
        public void log(final String line) {
            out.println(line);
        }
    }
}
