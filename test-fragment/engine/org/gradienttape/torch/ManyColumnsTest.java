package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradienttape.export.TorchScriptFile;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A layer that knows numbers of thousands of columns. */
class ManyColumnsTest {
    private static final int COLUMNS = 10_000;

    private final Network network = Network.of(
            Shape.of(COLUMNS),
            List.of(new ScalingLayer.Normalization(
                    IntStream.range(0, COLUMNS).mapToObj(i -> (double) i).toList(),
                    IntStream.range(0, COLUMNS)
                            .mapToObj(i -> i % 2 == 0 ? 4.0 : 16)
                            .toList(),
                    false)));

    /** All of ones: 1 - i, by turns half of it and a quarter. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void areEachScaledByTheirOwn(final Execution execution) {
        final float[] scaled = Computed.with(execution, c -> {
            final var callable =
                    Callable.of(network, TestData.fresh(network, 0).weights(), c, c::machine, new SplittableRandom(0));
            final List<Fetched> outputs = new ArrayList<>();
            c.step(() -> outputs.add(c.fetch(callable.call(c.machine().full(1, 1, COLUMNS), Mode.INFERENCE))));
            c.finish();
            return outputs.get(0).numbers();
        });

        assertThat(scaled)
                .hasSize(COLUMNS)
                .startsWith(0.5f, 0, -0.5f, -0.5f, -1.5f)
                .endsWith(-4998.5f, -2499.5f);
    }

    /** Each used to have two operations of its own. */
    @Test
    void areAFewOperations() {
        assertThat(TorchScriptFile.module(TestData.fresh(network, 0)).code().lines())
                .hasSizeLessThan(20);
    }
}
