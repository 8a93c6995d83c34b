package org.gradienttape.torch;

import java.io.IOException;
import java.nio.file.Path;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Network;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;

/** Trainings and predictions with a few random samples. */
final class SmallRuns {
    private SmallRuns() {}

    /** Two epochs of two steps. */
    static TrainingJob job(final Path folder, final Network network) throws IOException {
        final Dataset data = TestData.random(folder.resolve("small " + System.nanoTime()), network.input(), 3, 64, 5);
        return TestData.job(
                TestData.fresh(network, 1), data, new OptimizerConfig.Sgd(0.01), new TrainingConfig(2, 32, 1, 0, 1));
    }

    /** All outputs of the model for random samples, one behind the other. */
    static float[] predictions(final Path folder, final Model model, final int samples, final int batch)
            throws IOException {
        final Dataset data = TestData.random(
                folder.resolve("samples " + System.nanoTime()), model.network().input(), 3, samples, 9);
        final float[] all = new float[samples * model.network().output().size()];
        Prediction.run(new PredictionJob(model, data, batch, TestDevice.compute()), shown -> {
            final float[] values = shown.outputs().values();
            System.arraycopy(
                    values, 0, all, (int) shown.first() * shown.outputs().columns(), values.length);
            return true;
        });
        return all;
    }
}
