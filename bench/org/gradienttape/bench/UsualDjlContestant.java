package org.gradienttape.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.data.Dataset;

/** DJL as its documentation shows it: arrays in memory, an ArrayDataset, a Model and its Trainer, EasyTrain.fit. */
final class UsualDjlContestant implements Contestant {
    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private final Classifier classifier;
    private final int threads;
    private final ArrayDataset training;
    private final ArrayDataset validation;

    UsualDjlContestant(final GuideTask task, final int threads) {
        this.classifier = task.classifier();
        this.threads = threads;
        training = dataset(task.training());
        validation = dataset(task.validation());
    }

    @Override
    public String name() {
        return "DJL the usual way";
    }

    @Override
    public Outcome train(final int epochs) {
        JniUtils.setNumThreads(threads);
        try (Model model = Model.newInstance("mlp", Device.cpu())) {
            model.setBlock(network());
            try (Trainer trainer = model.newTrainer(config())) {
                trainer.initialize(new Shape(classifier.batchSize(), 784));
                return fit(trainer, epochs);
            }
        } catch (final IOException | TranslateException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Outcome fit(final Trainer trainer, final int epochs) throws IOException, TranslateException {
        final List<Double> seconds = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            final long start = System.nanoTime();
            EasyTrain.fit(trainer, 1, training, validation);
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return new Outcome(seconds, trainer.getTrainingResult().getValidateEvaluation("Accuracy"));
    }

    private Block network() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(classifier.units()).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(classifier.units()).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(10).build());
    }

    /** Glorot's uniform initialisation needs a magnitude of 3 in DJL. */
    private static DefaultTrainingConfig config() {
        return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optInitializer(
                        new XavierInitializer(
                                XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3f),
                        Parameter.Type.WEIGHT)
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(GuideTask.LEARNING_RATE))
                        .build())
                .addEvaluator(new Accuracy())
                .addTrainingListeners(TrainingListener.Defaults.basic());
    }

    private ArrayDataset dataset(final Dataset source) {
        final int numbers = source.sampleShape().size();
        final float[] features = new float[source.samples() * numbers];
        final float[] labels = new float[source.samples()];
        final ByteBuffer pixels = ByteBuffer.allocate(numbers);
        for (int sample = 0; sample < source.samples(); sample++) {
            source.copyFeatures(sample, pixels.clear());
            for (int i = 0; i < numbers; i++) {
                features[sample * numbers + i] = pixels.get(i) & 0xff;
            }
            labels[sample] = source.label(sample);
        }
        final NDArray x = manager.create(features, new Shape(source.samples(), numbers));
        final NDArray y = manager.create(labels, new Shape(source.samples()));
        return new ArrayDataset.Builder()
                .setData(x)
                .optLabels(y)
                .setSampling(classifier.batchSize(), false)
                .build();
    }

    @Override
    public void close() {
        manager.close();
    }
}
