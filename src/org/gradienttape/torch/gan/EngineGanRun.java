package org.gradienttape.torch.gan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.gradienttape.data.PixelRange;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.state.Memory;
import org.gradienttape.step.GanLosses;
import org.gradienttape.step.GanRun;
import org.gradienttape.step.StepException;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.Fetched;
import org.gradienttape.torch.training.EngineRun;
import org.gradienttape.torch.training.Reports;
import org.gradienttape.torch.training.RunNetwork;
import org.gradienttape.train.BatchResult;

/** What the GAN Trainer offers to steps. */
final class EngineGanRun extends EngineRun implements GanRun {
    private final GanJob job;
    private final Computation computation;
    private final RunNetwork generator;
    private final RunNetwork discriminator;
    private final Optimizer generatorOptimizer;
    private final Optimizer discriminatorOptimizer;

    /**
     * @param layers random numbers of the layers
     * @param own random numbers of the steps
     */
    EngineGanRun(
            final GanJob job,
            final Computation computation,
            final RandomGenerator layers,
            final RandomGenerator own,
            final Surroundings surroundings) {
        super(computation, new Loss.BinaryCrossentropy(), layers, own, surroundings);
        this.job = job;
        this.computation = computation;
        this.generator =
                RunNetwork.of("generator/", job.generator().model(), computation, layerRandom(), surroundings.layers());
        this.discriminator = RunNetwork.of(
                "discriminator/", job.discriminator().model(), computation, layerRandom(), surroundings.layers());
        this.generatorOptimizer = new Optimizer(job.generator().update(), computation);
        this.discriminatorOptimizer = new Optimizer(job.discriminator().update(), computation);
    }

    /** What a step left; of the generated images the first one. Its numbers are there when it has run. */
    record Outcome(
            Supplier<Fetched> discriminatorLoss,
            Supplier<Fetched> generatorLoss,
            Fetched image,
            Map<String, DoubleSupplier> reported) {
        BatchResult of(final int samples, final PixelRange pixels) {
            return BatchResult.ofLosses(
                            samples, List.of((double) discriminatorLoss.get().number(), (double)
                                    generatorLoss.get().number()))
                    .withImage(pixels.bytes(image.numbers()))
                    .withReported(Reports.numbers(reported));
        }
    }

    /** Takes what a step returned, at its end. */
    Outcome outcome(final GanLosses losses) {
        if (losses == null) {
            throw new StepException(method() + " must return a GanLosses, but it returned null");
        }
        return new Outcome(
                askForLoss("discriminator's loss", losses.discriminator()),
                askForLoss("generator's loss", losses.generator()),
                computation.fetch(firstOf(losses.generatedImages())),
                reported());
    }

    private Tensor firstOf(final Tensor images) {
        final long[] image = job.training().sampleShape().dimensions().stream()
                .mapToLong(Integer::longValue)
                .toArray();
        if (images == null
                || images.rank() != 4
                || images.size(0) == 0
                || !Arrays.equals(Arrays.copyOfRange(images.shape(), 1, 4), image)) {
            throw new StepException("the generated images must have the shape [batch, "
                    + Arrays.toString(image).substring(1) + ", but "
                    + (images == null ? "they are null" : "they have " + Arrays.toString(images.shape())));
        }
        if (images.type() != NumberType.FLOAT32) {
            throw new StepException(
                    "the generated images must be float numbers, but they are " + images.type() + "; use toFloat()");
        }
        return images.slice(0, 0, 1);
    }

    @Override
    public void keep(final Memory memory) {
        generatorOptimizer.keep(memory.part("generator's optimizer"));
        discriminatorOptimizer.keep(memory.part("discriminator's optimizer"));
        super.keep(memory);
        generator.keep(memory, references());
        discriminator.keep(memory, references());
    }

    @Override
    public Map<String, Object> references() {
        final Map<String, Object> references = super.references();
        references.put("generator", generator.network());
        references.put("discriminator", discriminator.network());
        references.put("generator's optimizer", generatorOptimizer);
        references.put("discriminator's optimizer", discriminatorOptimizer);
        addWeights(references, generator);
        addWeights(references, discriminator);
        return references;
    }

    /** Copies of the weights as they are now: the discriminator's, then the generator's. */
    List<Weights> weights() {
        return List.of(discriminator.weights(computation), generator.weights(computation));
    }

    @Override
    public CallableNetwork generator() {
        return generator.network();
    }

    @Override
    public CallableNetwork discriminator() {
        return discriminator.network();
    }

    @Override
    public Optimizer generatorOptimizer() {
        return generatorOptimizer;
    }

    @Override
    public Optimizer discriminatorOptimizer() {
        return discriminatorOptimizer;
    }

    @Override
    public int latentDimension() {
        return job.config().latentDimension();
    }

    @Override
    public double labelNoise() {
        return job.config().labelNoise();
    }
}
