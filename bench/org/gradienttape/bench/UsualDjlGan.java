package org.gradienttape.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/** The guide's two networks of DJL's blocks, each with a model and a trainer. Images are [batch, 1, 28, 28]. */
final class UsualDjlGan implements AutoCloseable {
    private static final float LEAK = 0.2f;

    private final Model generatorModel = model("generator", generatorBlock());
    private final Model discriminatorModel = model("discriminator", discriminatorBlock());
    private final Trainer generator = trainer(generatorModel, GanTask.GENERATOR_RATE);
    private final Trainer discriminator = trainer(discriminatorModel, GanTask.DISCRIMINATOR_RATE);

    UsualDjlGan() {
        generator.initialize(new Shape(GanTask.BATCH_SIZE, GanTask.LATENT_DIMENSION));
        discriminator.initialize(new Shape(GanTask.BATCH_SIZE, 1, 28, 28));
    }

    Trainer generator() {
        return generator;
    }

    Trainer discriminator() {
        return discriminator;
    }

    @Override
    public void close() {
        generator.close();
        discriminator.close();
        generatorModel.close();
        discriminatorModel.close();
    }

    private static Block generatorBlock() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(7 * 7 * 128).build())
                .add(Activation.leakyReluBlock(LEAK))
                .add(LambdaBlock.singleton(points -> points.reshape(-1, 128, 7, 7)))
                .add(new DoublingConvolution(128, 128))
                .add(Activation.leakyReluBlock(LEAK))
                .add(new DoublingConvolution(128, 128))
                .add(Activation.leakyReluBlock(LEAK))
                .add(convolution(1, 7, 1, 3))
                .add(Activation.sigmoidBlock());
    }

    private static Block discriminatorBlock() {
        return new SequentialBlock()
                .add(convolution(64, 3, 2, 1))
                .add(Activation.leakyReluBlock(LEAK))
                .add(convolution(128, 3, 2, 1))
                .add(Activation.leakyReluBlock(LEAK))
                .add(Pool.globalMaxPool2dBlock())
                .add(LambdaBlock.singleton(images -> images.reshape(images.size(0), -1)))
                .add(Linear.builder().setUnits(1).build());
    }

    private static Block convolution(final int filters, final int kernel, final int stride, final int padding) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .build();
    }

    private static Model model(final String name, final Block block) {
        final Model model = Model.newInstance(name, Device.cpu());
        model.setBlock(block);
        return model;
    }

    /** Glorot's uniform initialisation needs a magnitude of 3 in DJL. */
    private static Trainer trainer(final Model model, final float learningRate) {
        return model.newTrainer(new DefaultTrainingConfig(Loss.sigmoidBinaryCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optInitializer(
                        new XavierInitializer(
                                XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3f),
                        Parameter.Type.WEIGHT)
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(learningRate))
                        .optEpsilon(1e-7f)
                        .build()));
    }
}
