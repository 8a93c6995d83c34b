package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.keras.KerasExample;
import org.gradienttape.keras.KerasFile;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of Keras give what NumPy computes in double precision: keras-models.py wrote both. */
class KerasOutputTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"images", "rows", "sequences", "parts"})
    void givesWhatNumPyComputes(final String name) throws IOException {
        final Model model = KerasFile.read(KerasExample.copy(name, folder));
        final float[] input = KerasExample.values(name, "input");
        final int batch = input.length / model.network().input().size();

        final float[] output = Computed.with(Execution.EAGER, c -> {
            final CallableNetwork network =
                    Callable.of(model.network(), model.weights(), c, c::machine, new SplittableRandom(1));
            final List<Fetched> fetched = new ArrayList<>();
            c.step(() -> {
                final Tensor x =
                        c.machine().tensor(input, sizes(batch, model.network().input()));
                fetched.add(c.fetch(network.call(x, Mode.INFERENCE)));
            });
            c.finish();
            return fetched.get(0).numbers();
        });

        assertThat(output).containsExactly(KerasExample.values(name, "output"), Offset.offset(1e-6f));
    }

    private static long[] sizes(final int batch, final Shape sample) {
        return LongStream.concat(
                        LongStream.of(batch), sample.dimensions().stream().mapToLong(Integer::longValue))
                .toArray();
    }

    static Stream<LayerExample> layers() {
        return LayerExample.all();
    }

    /** But for layers that Keras does not have, which are refused. */
    @ParameterizedTest
    @MethodSource("layers")
    void everyKindOfLayerIsReadAgainToTheBit(final LayerExample example) throws IOException {
        final Network network = example.network();
        final Model model = new Model(network, Weights.initial(network, 5), Provenance.of("Test"));
        final Path file = folder.resolve("m.keras");
        final Path weights = folder.resolve("m.weights.h5");
        if (example.layer() instanceof CodeLayer
                || example.layer() instanceof Layer.InputColumns
                || example.layer().equals(new ActivationLayer.GELU(true))) {
            assertThatThrownBy(() -> KerasFile.write(model, file, IfExists.FAIL))
                    .isInstanceOf(InvalidInputException.class);
            assertThat(file).doesNotExist();
            return;
        }

        KerasFile.write(model, file, IfExists.FAIL);
        KerasFile.writeWeights(model, weights, IfExists.FAIL);

        assertThat(KerasFile.read(file).network()).isEqualTo(network);
        assertThat(KerasFile.read(file).weights()).isEqualTo(model.weights());
        assertThat(KerasFile.readWeights(weights, network)).isEqualTo(model.weights());
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(file, weights);
        }
    }
}
