package org.gradienttape.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.IdxSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;

/**
 * Reads a dataset of 4.2 GB from IDX files, the 50,000 digits again and again, and trains the guide's classifier on one
 * epoch of it. Run it with a heap of 1 GB: {@code JAVA_TOOL_OPTIONS=-Xmx1g ./gradienttape bench large}. Takes 9 GB of disk.
 */
public final class LargeBenchmark {
    private static final int COPIES = 108;
    private static final TrainingMonitor PATIENT = new TrainingMonitor() {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {}
    };

    private LargeBenchmark() {}

    public static void main(final String[] args) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final Dataset digits = GuideTask.read(folder.path()).training();
            final IdxSource.Pair files = write(digits, folder.path());
            final long start = System.nanoTime();
            final Dataset large = read(files, folder.path().resolve("large"));
            final double reading = (System.nanoTime() - start) / 1e9;
            final long trained = System.nanoTime();
            final TrainedModel model = Training.run(job(large), PATIENT);
            final double training = (System.nanoTime() - trained) / 1e9;
            final String text = String.format(
                    Locale.ROOT,
                    "A dataset that is larger than the heap%n%s%n"
                            + "heap at most %d MB; dataset %,d samples, %,d MB%n"
                            + "read in %.1f s (%.0f MB/s), one epoch of %,d steps in %.1f s, mean loss %.4f%n",
                    Machine.now(),
                    Runtime.getRuntime().maxMemory() >> 20,
                    large.samples(),
                    large.info().featureBytes() / 1_000_000,
                    reading,
                    large.info().featureBytes() / 1e6 / reading,
                    model.log().epochs().get(0).steps(),
                    training,
                    model.log().epochs().get(0).loss());
            System.out.print(text);
            Results.write("large.txt", text);
        }
    }

    private static IdxSource.Pair write(final Dataset digits, final Path folder) throws IOException {
        final Path images = folder.resolve("images");
        final Path labels = folder.resolve("labels");
        final ByteBuffer pixels = ByteBuffer.allocate(digits.bytesPerSample());
        try (DataOutputStream imagesOut = open(images);
                DataOutputStream labelsOut = open(labels)) {
            final int samples = COPIES * digits.samples();
            imagesOut.writeInt(0x803);
            imagesOut.writeInt(samples);
            imagesOut.writeInt(28);
            imagesOut.writeInt(28);
            labelsOut.writeInt(0x801);
            labelsOut.writeInt(samples);
            for (int i = 0; i < samples; i++) {
                digits.copyFeatures(i % digits.samples(), pixels.clear());
                imagesOut.write(pixels.array());
                labelsOut.write(digits.label(i % digits.samples()));
            }
        }
        return new IdxSource.Pair(images, labels);
    }

    private static DataOutputStream open(final Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20));
    }

    private static Dataset read(final IdxSource.Pair files, final Path target) throws IOException {
        return DatasetReader.read(
                        new ReadRequest(
                                new IdxSource("Many digits", files, Optional.empty(), List.of()),
                                new ReadRequest.Form(Scaling.DIVIDE_BY_255, SampleShape.FLAT),
                                new ReadRequest.Split(new HeldOut.None(), false, 0)),
                        target,
                        target.resolveSibling("none"),
                        fraction -> true)
                .training();
    }

    private static TrainingJob job(final Dataset large) {
        return new TrainingJob(
                new Model(GuideTask.network(), Weights.initial(GuideTask.network(), 0), Provenance.of("bench")),
                large,
                Optional.empty(),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(new OptimizerConfig.Sgd(0.1)),
                new TrainingConfig(1, GuideTask.BATCH_SIZE, 0, 0, 10_000),
                CallbacksConfig.NONE,
                Compute.singleThreaded());
    }
}
