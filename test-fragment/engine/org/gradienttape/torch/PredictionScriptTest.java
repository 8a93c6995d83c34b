package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;
import org.gradienttape.model.IfExists;
import org.gradienttape.model.Model;
import org.gradienttape.script.PredictionScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionScriptTest {
    private static final Network NETWORK = Network.of(
            Shape.of(6, 6, 1),
            List.of(
                    new ImageLayer.Conv2D(4, Window.square(3, 2, Padding.SAME), Activation.NONE),
                    new NormalizationLayer.BatchNormalization(),
                    new ActivationLayer.LeakyReLU(0.2),
                    new Layer.Dropout(0.5),
                    new Layer.Flatten(),
                    new Layer.Dense(3, Activation.SOFTMAX)));

    @TempDir
    private Path folder;

    /** As any user of DJL does it, without a class of this project. */
    @Test
    void plainDjlLoadsTheFileAndPredictsTheSame() throws IOException, MalformedModelException, TranslateException {
        final Model model = TestData.fresh(NETWORK, 3);
        PredictionScript.write(model, folder.resolve("model.pt"), IfExists.FAIL);
        TorchEngine.start();

        try (ai.djl.Model loaded = ai.djl.Model.newInstance("model", "PyTorch")) {
            loaded.load(folder);
            try (Predictor<NDList, NDList> predictor = loaded.newPredictor(new NoopTranslator());
                    NDManager arrays = loaded.getNDManager().newSubManager()) {
                final NDArray images = arrays.randomUniform(0, 1, new ai.djl.ndarray.types.Shape(5, 6, 6, 1));

                final float[] found =
                        predictor.predict(new NDList(images)).singletonOrThrow().toFloatArray();

                assertThat(found).hasSize(15);
                final float[] expected = eager(model, images, arrays);
                for (int i = 0; i < found.length; i++) {
                    assertThat(found[i]).isCloseTo(expected[i], within(1e-6f));
                }
            }
        }
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        final Path file = folder.resolve("model.pt");
        PredictionScript.write(TestData.fresh(NETWORK, 3), file, IfExists.FAIL);

        assertThatThrownBy(() -> PredictionScript.write(TestData.fresh(NETWORK, 4), file, IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is one already");
    }

    @Test
    void theSameModelGivesTheSameBytes() {
        assertThat(PredictionScript.module(TestData.fresh(NETWORK, 3)).toBytes())
                .isEqualTo(PredictionScript.module(TestData.fresh(NETWORK, 3)).toBytes());
    }

    private static float[] eager(final Model model, final NDArray images, final NDManager arrays) {
        final ResidentWeights weights = new ResidentWeights(NETWORK, model.weights(), arrays);
        return new NetworkOp(NETWORK, new SplittableRandom(0))
                .forward(images, new ForwardPass(arrays, weights.arrays(), ForwardPass.Mode.INFERENCE))
                .toFloatArray();
    }
}
