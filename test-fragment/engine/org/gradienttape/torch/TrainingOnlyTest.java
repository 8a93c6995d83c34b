package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gradienttape.layer.AugmentationLayer;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.NoiseLayer;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.WrapperLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that change their input at random while a network learns. */
class TrainingOnlyTest {
    private static final int BATCH = 8;

    static Stream<LayerExample> layers() {
        return LayerExample.all()
                .filter(example -> isRandom(
                        example.layer() instanceof WrapperLayer.TimeDistributed each ? each.layer() : example.layer()));
    }

    private static boolean isRandom(final Layer layer) {
        return layer instanceof AugmentationLayer || layer instanceof NoiseLayer || layer instanceof Layer.Dropout;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void giveTheirInputToThoseWhoPredictAndTheSameNumbersForTheSameSeedToThoseWhoLearn(final LayerExample example) {
        for (final Execution execution : Execution.values()) {
            final float[] learning = output(example, execution, Mode.TRAINING, 1);

            assertThat(output(example, execution, Mode.INFERENCE, 1)).isEqualTo(input(example));
            assertThat(learning).isNotEqualTo(input(example));
            assertThat(output(example, execution, Mode.TRAINING, 1)).isEqualTo(learning);
            assertThat(output(example, execution, Mode.TRAINING, 3)).isNotEqualTo(learning);
        }
    }

    /** Numbers from -1 to 1, no two of them alike. */
    private static float[] input(final LayerExample example) {
        final float[] numbers = new float[BATCH * example.input().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.cos(0.9 + 1.7 * i);
        }
        return numbers;
    }

    private static float[] output(
            final LayerExample example, final Execution execution, final Mode mode, final long seed) {
        return Computed.with(execution, c -> {
            final CallableNetwork network = Callable.of(
                    example.network(),
                    Weights.initial(example.network(), 0),
                    c,
                    c::machine,
                    new SplittableRandom(seed));
            final List<Fetched> outputs = new ArrayList<>();
            c.step(() -> outputs.add(c.fetch(network.call(
                    c.machine().tensor(input(example), ExportExample.batchOf(example.input(), BATCH)), mode))));
            c.finish();
            return outputs.get(0).numbers();
        });
    }
}
