package org.gradienttape.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Normalization after its adapt: Keras keeps mean, variance and count as weights, and writes null as its arguments. */
class KerasAdaptedTest {
    private static final String ROWS = "layers/normalization/vars";
    private static final float[] MEAN = {1.5f, -0.25f};
    private static final float[] VARIANCE = {4, 0.1f};

    @TempDir
    private Path folder;

    private static ScalingLayer.Normalization normalization(final float[] mean, final float[] variance) {
        return new ScalingLayer.Normalization(numbers(mean), numbers(variance), false);
    }

    private static List<Double> numbers(final float... numbers) {
        return java.util.stream.IntStream.range(0, numbers.length)
                .mapToObj(i -> (double) numbers[i])
                .toList();
    }

    private static Network network(final Shape input, final Layer layer) {
        return Network.of(input, List.of(layer, new Layer.Flatten(), new Layer.Dense(1, Activation.NONE)));
    }

    /** The file that Keras writes of a network whose Normalization is adapted. */
    private Path file(final Network network, final String group, final Object mean, final Object variance)
            throws IOException {
        final Path file = folder.resolve("adapted.keras");
        final Model model = new Model(network, Weights.initial(network, 3), Provenance.of("Test"));
        KerasFile.write(model, file, IfExists.OVERWRITE);
        KerasExample.withConfig(file, text -> text.replaceAll("\"mean\":\\[[^]]*]", "\"mean\":null")
                .replaceAll("\"variance\":\\[[^]]*]", "\"variance\":null"));
        return KerasExample.with(
                file, "model.weights.h5", Files.readAllBytes(weights(model.weights(), group, mean, variance)));
    }

    private Path weights(final Weights weights, final String group, final Object mean, final Object variance)
            throws IOException {
        final Path file = folder.resolve("adapted.weights.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            final WritableGroup layers = hdf.putGroup("layers");
            WritableGroup adapted = layers;
            for (final String name : group.substring("layers/".length()).split("/")) {
                adapted = adapted.putGroup(name);
            }
            adapted.putDataset("0", mean);
            adapted.putDataset("1", variance);
            adapted.putDataset("2", 0);
            final float[] kernel = weights.get("dense/kernel");
            final float[][] column = new float[kernel.length][1];
            for (int i = 0; i < kernel.length; i++) {
                column[i][0] = kernel[i];
            }
            final WritableGroup dense = layers.putGroup("dense").putGroup("vars");
            dense.putDataset("0", column);
            dense.putDataset("1", weights.get("dense/bias"));
        }
        return file;
    }

    @Test
    void itsNumbersBecomeTheSettingsOfTheLayer() throws IOException {
        final Network network = network(Shape.of(2), normalization(MEAN, VARIANCE));
        final Path file = file(network, ROWS, MEAN, VARIANCE);

        final Model model = KerasFile.read(file);

        assertThat(model.network()).isEqualTo(network);
        assertThat(model.weights()).isEqualTo(Weights.initial(network, 3));
        assertThat(KerasFile.readOutline(file)).isEqualTo(model.outline());
        assertThat(KerasFile.readWeights(folder.resolve("adapted.weights.h5"), network))
                .isEqualTo(model.weights());
    }

    @Test
    void oneNumberIsForAllPlaces() throws IOException {
        final Network network = network(Shape.of(2), normalization(new float[] {3}, new float[] {2}));
        final Path file = file(network, ROWS, 3f, 2f);
        KerasExample.withConfig(file, text -> text.replace("\"mean\":null", "\"axis\":[],\"mean\":null"));

        assertThat(KerasFile.read(file).network()).isEqualTo(network);

        KerasExample.withConfig(file, text -> text.replace("\"mean\":null", "\"mean\":3.0")
                .replace("\"variance\":null", "\"variance\":2.0"));
        assertThat(KerasFile.read(file).network()).isEqualTo(network);
    }

    @Test
    void itMayBeCalledForEachStep() throws IOException {
        final Network network =
                network(Shape.of(3, 2), new WrapperLayer.TimeDistributed(normalization(MEAN, VARIANCE)));

        assertThat(KerasFile.read(file(network, "layers/time_distributed/layer/vars", MEAN, VARIANCE))
                        .network())
                .isEqualTo(network);
    }

    @Test
    void numbersThatAreMissingOrNoneAreRefused() throws IOException {
        final Network network = network(Shape.of(2), normalization(MEAN, VARIANCE));

        for (final Map.Entry<float[], String> wrong : Map.of(
                        new float[] {1, Float.NaN},
                        "but one of layers/normalization/vars/0 is NaN",
                        new float[] {1, 2, 3},
                        "as many means as variances")
                .entrySet()) {
            final Path file = file(network, ROWS, wrong.getKey(), VARIANCE);
            assertThatThrownBy(() -> KerasFile.read(file))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The Keras file " + file + ", layer normalization (Normalization)")
                    .hasMessageContaining(wrong.getValue());
        }
        final Path elsewhere = file(network, "layers/other/vars", MEAN, VARIANCE);
        assertThatThrownBy(() -> KerasFile.readOutline(elsewhere))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the numbers of the argument mean, which was adapted to data, were expected as"
                        + " layers/normalization/vars/0 among the weights, of the type float32 or float16, but"
                        + " they are missing");
        final Path whole = file(network, ROWS, new int[] {1, 2}, VARIANCE);
        assertThatThrownBy(() -> KerasFile.read(whole)).hasMessageContaining("but those are of another type");
        final Path otherAxis = KerasExample.withConfig(
                file(network, ROWS, new float[][] {MEAN}, new float[][] {VARIANCE}),
                text -> text.replace("\"mean\":null", "\"axis\":[0,1],\"mean\":null"));
        assertThatThrownBy(() -> KerasFile.read(otherAxis))
                .hasMessageContaining("the argument axis should be -1 or 1 or [], but it is [0,1]");
    }

    @Test
    void weightsAloneMustBeThoseOfTheLayer() throws IOException {
        final Network network = network(Shape.of(2), normalization(MEAN, VARIANCE));
        final Path file = weights(Weights.initial(network, 3), ROWS, MEAN, new float[] {4, 0.2f});

        assertThatThrownBy(() -> KerasFile.readWeights(file, network))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The weight file " + file + ", layer normalization cannot be used:")
                .hasMessageContaining("layers/normalization/vars/1, its variance, should be that of the layer of the"
                        + " network, which is 0.10000000149011612 in place 2, but it is 0.2; give these numbers to the"
                        + " layer, or take the network of the .keras file;");
        assertThatThrownBy(() -> KerasFile.readWeights(
                        file, network(Shape.of(2), normalization(new float[] {3}, new float[] {2}))))
                .hasMessageContaining("should have as many numbers as the layer of the network, 1, but it has 2");
    }
}
