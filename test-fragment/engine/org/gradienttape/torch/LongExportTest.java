package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.export.TorchScriptFile;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of thousands of operations in a row. The engine compiles them on the stack of the thread; where that is full, the process ends. */
class LongExportTest {
    private static final int SMALL_STACK = 512 * 1024;

    @TempDir
    private Path folder;

    private final ExportExample example = ExportExample.of(Network.of(
            Shape.of(2),
            Stream.<Layer>concat(
                            Stream.of(new Layer.Dense(3, Activation.NONE)),
                            IntStream.range(0, 3000).mapToObj(i -> new ActivationLayer.LeakyReLU(0.9999)))
                    .toList()));

    @BeforeAll
    static void startEngine() {
        TorchEngine.start();
    }

    @Test
    void areLoadedAndPredict() throws Exception {
        final float[] predictions = onSmallStack(() -> {
            try (ai.djl.Model loaded = loaded(Map.of());
                    NDManager arrays = loaded.getNDManager().newSubManager()) {
                forward(loaded, arrays, false); // the engine compiles it, and once more with what it has seen
                forward(loaded, arrays, false);
                return forward(loaded, arrays, false).toFloatArray();
            }
        });

        assertThat(predictions).containsExactly(example.predictions(4), within(1e-5f));
    }

    @Test
    void areTrainedFurther() throws Exception {
        final List<float[]> gradients = onSmallStack(() -> {
            try (ai.djl.Model loaded = loaded(Map.of("trainParam", "true"));
                    NDManager arrays = loaded.getNDManager().newSubManager();
                    GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                collector.backward(forward(loaded, arrays, true).sum());
                return loaded.getBlock().getParameters().values().stream()
                        .map(parameter -> parameter.getArray().getGradient().toFloatArray())
                        .toList();
            }
        });

        final List<float[]> expected = example.gradients(4);
        assertThat(gradients).hasSize(2);
        assertThat(gradients.get(0)).containsExactly(expected.get(0), within(1e-5f));
        assertThat(gradients.get(1)).containsExactly(expected.get(1), within(1e-5f));
    }

    private ai.djl.Model loaded(final Map<String, String> options) throws Exception {
        TorchScriptFile.write(example.model(), folder.resolve("model.pt"), IfExists.FAIL);
        final ai.djl.Model loaded = ai.djl.Model.newInstance("model", "PyTorch");
        loaded.load(folder, "model", options);
        return loaded;
    }

    private NDArray forward(final ai.djl.Model loaded, final NDManager arrays, final boolean isTraining) {
        final NDArray samples = arrays.create(example.batch(4), new ai.djl.ndarray.types.Shape(example.shape(4)));
        return loaded.getBlock()
                .forward(new ParameterStore(arrays, false), new NDList(samples), isTraining)
                .singletonOrThrow();
    }

    private static <T> T onSmallStack(final Callable<T> work) throws Exception {
        final FutureTask<T> task = new FutureTask<>(work);
        new Thread(null, task, "small stack", SMALL_STACK).start();
        return task.get();
    }
}
