package org.gradienttape.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gradienttape.callback.Callbacks;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.gradienttape.train.BatchResult;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainStep;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingLoop;
import org.junit.jupiter.api.Test;

class GanListenerTest {
    private static final Shape PIXEL = Shape.of(1, 1, 1);

    private final Recorder recorder = new Recorder();

    @Test
    void goesThroughAllImagesInEachEpoch() {
        run(config(2, 0, 2, 5), 10);

        assertThat(recorder.batches).extracting(batch -> batch.length).containsExactly(4, 4, 2, 4, 4, 2);
        assertThat(recorder.batches.subList(0, 3).stream().flatMapToInt(Arrays::stream))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void logsAndKeepsAtStepZeroAndEverySoManySteps() {
        final TrainingLog log = run(config(2, 0, 2, 3), 15);

        assertThat(log.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(log.stepsPerEpoch()).isEqualTo(4); // 15 images in batches of 4
        assertThat(log.steps())
                .containsExactly(
                        row(0, 0, 4, 0.5, 10.5),
                        row(0, 2, 12, 2.5, 12.5),
                        row(1, 0, 4, 4.5, 14.5),
                        row(1, 2, 12, 6.5, 16.5));
        assertThat(recorder.listener.images())
                .extracting(
                        GeneratedImage::epoch,
                        GeneratedImage::step,
                        GeneratedImage::noise,
                        GeneratedImage::number,
                        image -> image.pixels()[0])
                .containsExactly(
                        tuple(0, 0, GeneratedImage.Noise.RUNNING, 0, (byte) 0),
                        tuple(0, 0, GeneratedImage.Noise.FIXED, 0, (byte) 100),
                        tuple(0, 0, GeneratedImage.Noise.FIXED, 1, (byte) 101),
                        tuple(0, 3, GeneratedImage.Noise.RUNNING, 0, (byte) 3),
                        tuple(0, 3, GeneratedImage.Noise.FIXED, 0, (byte) 103),
                        tuple(0, 3, GeneratedImage.Noise.FIXED, 1, (byte) 104),
                        tuple(1, 0, GeneratedImage.Noise.RUNNING, 0, (byte) 4),
                        tuple(1, 0, GeneratedImage.Noise.FIXED, 0, (byte) 104),
                        tuple(1, 0, GeneratedImage.Noise.FIXED, 1, (byte) 105),
                        tuple(1, 3, GeneratedImage.Noise.RUNNING, 0, (byte) 7),
                        tuple(1, 3, GeneratedImage.Noise.FIXED, 0, (byte) 107),
                        tuple(1, 3, GeneratedImage.Noise.FIXED, 1, (byte) 108));
    }

    @Test
    void handsOutTheImagesOfAStepAsSoonAsTheyAreThere() {
        final TrainingLog log = run(config(1, 0, 2, 2), 10);

        assertThat(recorder.kept).extracting(List::size).containsExactly(3, 3);
        assertThat(recorder.stepsBeforeKept).containsExactly(1, 3);
        assertThat(recorder.kept.stream().flatMap(List::stream)).containsExactlyElementsOf(recorder.listener.images());
    }

    /** The lines of Keras' guide, keras.io/guides/writing_a_custom_training_loop_in_tensorflow. */
    @Test
    void writesTheLinesOfTheGuide() {
        run(config(1, 3, 2, 1), 100);

        assertThat(recorder.lines)
                .containsExactly(
                        "Start epoch 0",
                        "discriminator loss at step 0: 0.50",
                        "adversarial loss at step 0: 10.50",
                        "discriminator loss at step 2: 2.50",
                        "adversarial loss at step 2: 12.50");
    }

    @Test
    void stopsAtTheLimitOfTheWholeRun() {
        final TrainingLog log = run(config(3, 4, 1, 1), 10);

        assertThat(recorder.batches).hasSize(4);
        assertThat(log.steps()).extracting(TrainingLog.StepRow::epoch).containsExactly(0, 0, 0, 1);
        assertThat(log.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(recorder.progress).extracting(Progress::fraction).containsExactly(0.0, 0.25, 0.5, 0.75);
    }

    @Test
    void stopsBeforeTheStepThatTheMonitorRefuses() {
        recorder.stopBefore = 2;

        final TrainingLog log = run(config(3, 0, 1, 1), 10);

        assertThat(recorder.batches).hasSize(2);
        assertThat(log.steps()).hasSize(2);
        assertThat(log.stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    /** Steps 0 and 3 of an epoch keep fixed images; 15 images in batches of 4 are 4 steps. */
    @Test
    void aStepThatNeedsFixedImagesBeginsACall() {
        final TrainingLog alone = run(config(2, 7, 2, 3), 15);
        final Recorder together = new Recorder();
        together.batchesPerCall = 3;

        final TrainingLog log = run(together, config(2, 7, 2, 3), 15);

        assertThat(together.calls).containsExactly(3, 1, 3);
        assertThat(together.batches).hasSize(7).usingRecursiveComparison().isEqualTo(recorder.batches);
        assertThat(together.lines).isEqualTo(recorder.lines);
        assertThat(log.steps()).isEqualTo(alone.steps());
        assertThat(together.listener.images())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(recorder.listener.images());
        assertThat(together.progress).extracting(Progress::stepsDone).containsExactly(0L, 3L, 4L);
    }

    @Test
    void aCallGoesNoFurtherThanTheStepLimit() {
        recorder.batchesPerCall = 100;

        run(config(1, 5, 1, 1000), 100);

        assertThat(recorder.calls).containsExactly(5);
    }

    @Test
    void tellsHowFarItIs() {
        run(config(2, 0, 1, 1), 10);

        assertThat(recorder.progress.get(0).message()).isEqualTo("Epoch 1 of 2, step 0 of 3");
        assertThat(recorder.progress.get(4).message())
                .isEqualTo("Epoch 2 of 2, step 1 of 3, discriminator loss 3.5000, generator loss 13.5000");
        assertThat(recorder.progress.get(4).fraction()).isCloseTo(4.0 / 6, within(1e-12));
    }

    @Test
    void refusesALossThatIsNoNumber() {
        recorder.generatorLoss = Double.NaN;

        assertThatThrownBy(() -> run(config(1, 0, 1, 1), 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The generator loss must stay a finite number, but it became NaN in epoch 0,"
                        + " step 0; choose a smaller learning rate");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> config(1, -1, 1, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("step limit must be at least 0, but it is -1");
        assertThatThrownBy(() -> new GanConfig.KeptImages(0, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("two generated images must be at least 1, but it is 0");
        assertThatThrownBy(() -> new GanConfig.KeptImages(1, -1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("fixed noise must be at least 0, but it is -1");
        for (final double noise : new double[] {-0.1, 1.5, Double.NaN}) {
            assertThatThrownBy(() ->
                            new GanConfig(new TrainingConfig(1, 4, 0, 0, 1), 2, noise, new GanConfig.KeptImages(1, 0)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("but it is " + noise);
        }
    }

    private TrainingLog run(final GanConfig config, final int samples) {
        return run(recorder, config, samples);
    }

    private static TrainingLog run(final Recorder recorder, final GanConfig config, final int samples) {
        recorder.listener = new GanListener(config.images(), PIXEL, recorder::fixedImages, recorder);
        return TrainingLoop.run(
                recorder,
                new TrainingLoop.Samples(samples, 0),
                config.training(),
                new Callbacks(CallbacksConfig.NONE, List.of(1.0, 2.0), List::of, recorder::log),
                new TrainingLoop.Numbers(GanListener.LOSSES, List::of),
                recorder.listener);
    }

    private static TrainingLog.StepRow row(
            final int epoch, final int step, final long seen, final double discriminator, final double generator) {
        return new TrainingLog.StepRow(epoch, step, seen, List.of(discriminator, generator), List.of(), Map.of());
    }

    private static GanConfig config(final int epochs, final int stepLimit, final int logEvery, final int imageEvery) {
        return new GanConfig(
                new TrainingConfig(epochs, 4, 0, 3, logEvery, stepLimit),
                2,
                0.05,
                new GanConfig.KeptImages(imageEvery, 2));
    }

    /** Step n has the losses n + 0.5 and n + 10.5, the image n, and at its start the fixed images n + 100, n + 101. */
    private static final class Recorder implements TrainStep, GanMonitor {
        private GanListener listener;
        private final List<int[]> batches = new ArrayList<>();
        private final List<Progress> progress = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private final List<List<GeneratedImage>> kept = new ArrayList<>();
        private final List<Integer> stepsBeforeKept = new ArrayList<>();
        private final List<Integer> calls = new ArrayList<>();
        private int stopBefore = Integer.MAX_VALUE;
        private int batchesPerCall = 1;
        private double generatorLoss = 10.5;

        @Override
        public int batchesPerCall() {
            return batchesPerCall;
        }

        @Override
        public List<BatchResult> train(final List<Batch> together) {
            calls.add(together.size());
            return together.stream().map(this::train).toList();
        }

        private BatchResult train(final Batch batch) {
            final int number = batches.size();
            batches.add(batch.samples());
            return BatchResult.ofLosses(batch.samples().length, List.of(number + 0.5, number + generatorLoss))
                    .withImage(new byte[] {(byte) number});
        }

        @Override
        public List<BatchResult> evaluate(final List<int[]> together) {
            throw new AssertionError("there is no validation data");
        }

        List<byte[]> fixedImages() {
            final int first = batches.size() + 100;
            return List.of(new byte[] {(byte) first}, new byte[] {(byte) (first + 1)});
        }

        @Override
        public boolean goOn(final Progress now) {
            progress.add(now);
            return batches.size() < stopBefore;
        }

        @Override
        public void log(final String line) {
            lines.add(line);
        }

        @Override
        public void kept(final List<GeneratedImage> images) {
            kept.add(images);
            stepsBeforeKept.add(batches.size());
        }

        @Override
        public void close() {}
    }
}
