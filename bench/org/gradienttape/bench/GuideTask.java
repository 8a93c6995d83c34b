package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;

/**
 * What Keras' guide trains on: the MNIST digits, pixels as stored, SGD 1e-3, the last 10,000 training images held out.
 *
 * @param classifier what is trained
 * @param training 50,000 digits
 * @param validation 10,000 digits
 */
record GuideTask(Classifier classifier, Dataset training, Dataset validation) {
    static final int BATCH_SIZE = Classifier.GUIDE.batchSize();
    static final int SHUFFLE_BUFFER = 1024;
    /** The shuffle buffer that leaves the samples as they are, so that every contestant gets the same batches. */
    static final int FILE_ORDER = 1;

    static final float LEARNING_RATE = 1e-3f;

    /** Reads the digits from the dataset folder, pixels as stored. */
    static GuideTask read(final Path folder) throws IOException {
        return read(Classifier.GUIDE, folder, Scaling.AS_STORED);
    }

    static GuideTask read(final Classifier classifier, final Path folder, final Scaling scaling) throws IOException {
        final DatasetPair pair = DatasetReader.read(
                new ReadRequest(
                        new NamedSource(NamedDataset.MNIST, Optional.empty()),
                        new ReadRequest.Form(scaling, SampleShape.FLAT),
                        new ReadRequest.Split(new HeldOut.LastSamples(10_000), false, 0)),
                folder.resolve("training"),
                folder.resolve("validation"),
                fraction -> true);
        return new GuideTask(classifier, pair.training(), pair.heldOut().orElseThrow());
    }

    /** A training of a fresh network, with a pass over the validation digits after each epoch. */
    TrainingJob job(final OptimizerConfig optimizer, final TrainingConfig config, final Compute compute) {
        return job(Optional.of(validation), optimizer, config, compute);
    }

    /** Epochs of batches in file order. */
    TrainingConfig inFileOrder(final int epochs) {
        return new TrainingConfig(epochs, classifier.batchSize(), FILE_ORDER, 0, 200);
    }

    /** The guide's training without validation, eager. */
    TrainingJob unvalidatedJob(final TrainingConfig config) {
        return job(
                Optional.empty(),
                new OptimizerConfig.Sgd(LEARNING_RATE),
                config,
                Compute.singleThreaded(Execution.EAGER));
    }

    private TrainingJob job(
            final Optional<Dataset> validated,
            final OptimizerConfig optimizer,
            final TrainingConfig config,
            final Compute compute) {
        final Network network = classifier.network();
        return new TrainingJob(
                new Model(network, Weights.initial(network, 0), Provenance.of("bench")),
                training,
                validated,
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(optimizer),
                config,
                CallbacksConfig.NONE,
                compute);
    }

    static Network network() {
        return Classifier.GUIDE.network();
    }
}
