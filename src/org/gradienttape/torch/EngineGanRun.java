package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.gradienttape.loss.Loss;
import org.gradienttape.step.GanRun;
import org.gradienttape.step.Optimizer;

/** What the GAN Trainer offers to the code of steps. */
final class EngineGanRun extends EngineRun implements GanRun {
    private final GanJob job;
    private final RunModel generator;
    private final RunModel discriminator;
    private final Optimizer generatorOptimizer;
    private final Optimizer discriminatorOptimizer;

    /**
     * @param engine owner of everything native that this run opens
     * @param layers random numbers of the layers
     * @param own random numbers of the code
     */
    EngineGanRun(
            final GanJob job,
            final NDManager engine,
            final RandomGenerator layers,
            final RandomGenerator own,
            final Surroundings surroundings) {
        super(engine, LossOp.of(new Loss.BinaryCrossentropy()), own, surroundings);
        this.job = job;
        this.generator = new RunModel(job.generator().model(), layers, this::scope, arrays());
        this.discriminator = new RunModel(job.discriminator().model(), layers, this::scope, arrays());
        this.generatorOptimizer = optimizer(job.generator().update().optimizer());
        this.discriminatorOptimizer = optimizer(job.discriminator().update().optimizer());
    }

    @Override
    public RunModel generator() {
        return generator;
    }

    @Override
    public RunModel discriminator() {
        return discriminator;
    }

    @Override
    public Optimizer generatorOptimizer() {
        return generatorOptimizer;
    }

    @Override
    public Optimizer discriminatorOptimizer() {
        return discriminatorOptimizer;
    }

    /** Of one image: height, width, channels. */
    Shape imageShape() {
        return new Shape(job.training().sampleShape().dimensions().stream()
                .mapToLong(Integer::longValue)
                .toArray());
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
