package org.gradienttape.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.data.Dataset;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.file.IfExists;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GeneratedImage;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.ModelFile;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.gan.TrainedGan;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;

/** A program that trains with checkpoints every 50 steps, to be killed by {@link KillTest} at any moment and started again. */
final class KilledRun {
    /** What is trained. */
    enum Kind {
        CLASSIFIER,
        GAN,
        OWN_STEP
    }

    /** The line that it prints before it trains. */
    static final String BEGUN = "The training begins.";

    private static final GanMonitor PATIENT = new GanMonitor() {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {}

        @Override
        public void warn(final String sentence) {
            if (!Boolean.getBoolean("gradienttape.mayWarn")) {
                throw new IllegalStateException(sentence);
            }
            System.out.println(sentence);
        }
    };

    private KilledRun() {}

    /**
     * @param arguments the kind, the folder of the dataset, the folder of the checkpoints, the file of the result: all that
     *     the run leaves but its seconds
     */
    public static void main(final String[] arguments) throws IOException {
        final Dataset digits = Dataset.open(Path.of(arguments[1]));
        final RunFiles plan = RunFiles.of(new CheckpointPlan(
                Path.of(arguments[2]), 50, CheckpointPlan.Unit.STEPS, CheckpointPlan.Resume.IF_THERE));
        TorchEngine.start();
        System.out.println(BEGUN);
        final byte[] result =
                switch (Kind.valueOf(arguments[0])) {
                    case CLASSIFIER -> bytes(Training.run(classifier(digits, 30), plan, PATIENT));
                    case OWN_STEP ->
                        bytes(CodeTraining.run(
                                classifier(digits, 20),
                                OwnCode.ofStep(StepCode.template("AccumulateGradients")),
                                plan,
                                PATIENT));
                    case GAN -> bytes(GanTraining.run(gan(digits), plan, PATIENT));
                };
        AtomicFile.write("The result", Path.of(arguments[3]), IfExists.FAIL, out -> out.write(result));
        System.exit(0);
    }

    static TrainingJob classifier(final Dataset digits, final int epochs) {
        final Network network = Network.of(
                Shape.of(28, 28, 1),
                List.of(
                        new Layer.Flatten(),
                        new Layer.Dense(64, Activation.RELU),
                        new Layer.Dropout(0.1),
                        new Layer.Dense(10, Activation.NONE)));
        return new TrainingJob(
                TestData.fresh(network, 1),
                digits,
                Optional.of(digits),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(new OptimizerConfig.Adam(0.001)),
                new TrainingConfig(epochs, 32, 1024, 5, 20),
                CallbacksConfig.NONE,
                TestDevice.compute(Execution.COMPILED));
    }

    private static GanJob gan(final Dataset digits) {
        final Network generator = Network.of(
                Shape.of(16),
                List.of(
                        new Layer.Dense(32, Activation.RELU),
                        new NormalizationLayer.BatchNormalization(),
                        new Layer.Dense(784, Activation.SIGMOID),
                        new Layer.Reshape(Shape.of(28, 28, 1))));
        final Network discriminator = Network.of(
                Shape.of(28, 28, 1),
                List.of(
                        new Layer.Flatten(),
                        new Layer.Dense(32, Activation.RELU),
                        new Layer.Dropout(0.2),
                        new Layer.Dense(1, Activation.NONE)));
        return new GanJob(
                new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(4e-4)),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(3e-4)),
                digits,
                new GanConfig(new TrainingConfig(12, 32, 1024, 7, 20), 16, 0.05, new GanConfig.KeptImages(40, 2)),
                TestDevice.compute(Execution.COMPILED));
    }

    static byte[] bytes(final TrainedModel trained) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(trained.model(), out);
        out.writeBytes(text(trained.log()).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static byte[] bytes(final TrainedGan trained) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(trained.generator(), out);
        ModelFile.write(trained.discriminator(), out);
        for (final GeneratedImage image : trained.images()) {
            out.writeBytes((image.epoch() + " " + image.step() + " " + image.noise() + " " + image.number())
                    .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(image.pixels());
        }
        out.writeBytes(text(trained.log()).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static String text(final TrainingLog log) {
        final StringBuilder text = new StringBuilder(log.steps().toString());
        log.epochs().forEach(row -> text.append("\n" + row.epoch() + row.steps() + row.losses() + row.metrics())
                .append(row.validationLosses())
                .append(row.validationMetrics())
                .append(row.learningRates()));
        return text + log.stopReason().text();
    }

    static List<Path> checkpoints(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
                    .toList();
        }
    }
}
