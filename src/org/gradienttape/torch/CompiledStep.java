package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.metric.Predictions;
import org.gradienttape.script.TrainingScript;
import org.gradienttape.train.BatchResult;

/**
 * The step as one piece of compiled code: samples, forward, loss, gradients and update of several batches in one call. It
 * draws the same batches and dropout masks as the {@link EagerStep} and differs from it in rounding only.
 */
final class CompiledStep implements LearningStep {
    private final NDManager run;
    private final Network network;
    private final CompiledModule module;
    private final DropoutMasks masks;
    private final Side training;
    private final Optional<Side> validation;

    /**
     * @param engine owner of everything native that this step opens
     */
    CompiledStep(final TrainingJob job, final NDManager engine) {
        final int batchSize = job.config().batchSize();
        this.run = engine.newSubManager();
        this.network = job.model().network();
        this.module = new CompiledModule(
                new TrainingScript(
                                network,
                                job.loss(),
                                job.update(),
                                batchSize,
                                job.training().scaling())
                        .module(job.model().weights()),
                run);
        this.masks = new DropoutMasks(network, new SplittableRandom(job.config().seed()).split());
        this.training = Side.of(job.training(), batchSize, run);
        this.validation = job.validation().map(dataset -> Side.of(dataset, batchSize, run));
    }

    @Override
    public int batchesPerCall() {
        return training.size.batches();
    }

    @Override
    public List<BatchResult> train(final List<Batch> batches) {
        final List<int[]> samples = batches.stream().map(Batch::samples).toList();
        final float[] rates = new float[batches.size()];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = CompiledModule.rate(batches.get(i).learningRate());
        }
        return call("train_steps", training, samples, call -> {
            final List<NDArray> arguments = new ArrayList<>();
            arguments.add(call.create(rates));
            arguments.addAll(masks.draw(samples, call));
            return arguments;
        });
    }

    @Override
    public List<BatchResult> evaluate(final List<int[]> batches) {
        return call("evaluate", validation.orElseThrow(), batches, call -> List.of());
    }

    @Override
    public Weights weights() {
        return module.weights("", network);
    }

    @Override
    public Optional<String> code() {
        return Optional.of(module.code());
    }

    @Override
    public void close() {
        run.close();
    }

    @FunctionalInterface
    private interface Arguments {
        List<NDArray> of(NDManager call);
    }

    private List<BatchResult> call(
            final String method, final Side side, final List<int[]> batches, final Arguments more) {
        final long start = System.nanoTime();
        try (NDManager call = run.newSubManager()) {
            final int[] samples = batches.stream().flatMapToInt(Arrays::stream).toArray();
            final int[] classes = side.classes(samples);
            final SampleSource.Call source = side.source.of(samples, call);
            final List<NDArray> arguments =
                    new ArrayList<>(List.of(source.indices(), source.features(), labels(classes, call)));
            arguments.addAll(more.of(call));
            final NDList lossesAndPredictions = module.call(method, arguments);
            final List<BatchResult> results = results(
                    batches,
                    classes,
                    lossesAndPredictions.get(0).toFloatArray(),
                    lossesAndPredictions.get(1).toFloatArray());
            side.size.took(batches.size(), System.nanoTime() - start);
            return results;
        }
    }

    /** [samples, 1], int64. */
    private static NDArray labels(final int[] classes, final NDManager call) {
        return call.create(Arrays.stream(classes).asLongStream().toArray(), new Shape(classes.length, 1));
    }

    private static List<BatchResult> results(
            final List<int[]> batches, final int[] classes, final float[] losses, final float[] predictions) {
        final int columns = predictions.length / classes.length;
        final List<BatchResult> results = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < losses.length; i++) {
            final int end = first + batches.get(i).length;
            final float[] values = Arrays.copyOfRange(predictions, first * columns, end * columns);
            results.add(new BatchResult(
                    losses[i], new Predictions(values, end - first, columns), Arrays.copyOfRange(classes, first, end)));
            first = end;
        }
        return results;
    }

    /**
     * Training or validation.
     *
     * @param size how many batches go into a call
     */
    private record Side(Dataset dataset, SampleSource source, CallSize size) {
        static Side of(final Dataset dataset, final int batchSize, final NDManager run) {
            final SampleSource source = SampleSource.of(dataset, batchSize, run);
            return new Side(dataset, source, new CallSize(source.batchesPerCall()));
        }

        int[] classes(final int[] samples) {
            return Arrays.stream(samples).map(dataset::label).toArray();
        }
    }
}
