package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.gradienttape.code.UserStep;
import org.gradienttape.data.PixelRange;
import org.gradienttape.gan.NoiseSource;
import org.gradienttape.layer.Weights;
import org.gradienttape.step.CustomGanStep;
import org.gradienttape.step.GanLosses;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;
import org.gradienttape.train.BatchResult;

/** The step for two networks that a user wrote. */
final class CodeGanStep implements AdversarialStep {
    private final UserStep<CustomGanStep> code;
    private final EngineGanRun run;
    private final SampleFeed real;
    private final GanNoise fixed;
    private final PixelRange pixels;
    private final int stepsOfEpoch;
    private long updates;

    /**
     * @param fixed latent points of the images that can be compared; asked once
     * @param run what the code works with; belongs to whoever made it
     */
    CodeGanStep(final GanJob job, final UserStep<CustomGanStep> code, final NoiseSource fixed, final EngineGanRun run) {
        this.code = code;
        this.run = run;
        this.real = new SampleFeed(job.training(), job.batchSize());
        this.pixels = job.training().pixels().range();
        this.fixed = new GanNoise(fixed, fixed, job.config(), job.batchSize());
        this.stepsOfEpoch = (job.training().samples() + job.batchSize() - 1) / job.batchSize();
    }

    @Override
    public int batchesPerCall() {
        return 1;
    }

    @Override
    public List<BatchResult> train(final List<Batch> batches) {
        return batches.stream().map(batch -> train(batch.samples())).toList();
    }

    @Override
    public List<BatchResult> evaluate(final List<int[]> batches) {
        throw new IllegalStateException("there is no validation of users' steps");
    }

    private BatchResult train(final int[] samples) {
        try (StepScope scope = run.begin(StepPlace.of(updates++, stepsOfEpoch))) {
            final Tensor images = scope.tensor(real.features(samples, scope.arrays()));
            return code.call(step -> result(step.trainStep(run, images), samples.length));
        }
    }

    private BatchResult result(final GanLosses losses, final int samples) {
        if (losses == null) {
            throw new StepException("trainStep must return a GanLosses, but it returned null");
        }
        final NDArray images = EngineTensor.arrayOf(losses.generatedImages());
        if (images.getShape().dimension() != 4
                || images.size(0) == 0
                || !images.getShape().slice(1).equals(run.imageShape())) {
            throw new StepException("the generated images must have the shape (batch, "
                    + run.imageShape().toString().substring(1) + ", but they have " + images.getShape());
        }
        return BatchResult.ofLosses(
                        samples,
                        List.of(
                                StepResult.loss("discriminator's loss", losses.discriminator()),
                                StepResult.loss("generator's loss", losses.generator())))
                .withImage(pixels.bytes(images.get(0).toFloatArray()))
                .withReported(run.reports().values());
    }

    @Override
    public List<byte[]> fixedImages() {
        return fixed.fixedImages(run.arrays(), pixels, points -> run.generator().infer(points, points.getManager()));
    }

    @Override
    public List<Weights> weights() {
        return List.of(run.discriminator().read(), run.generator().read());
    }

    @Override
    public Optional<String> code() {
        return Optional.empty();
    }

    @Override
    public void close() {
        run.close();
    }
}
