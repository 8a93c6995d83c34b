package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Shapes and numbers of parameters are those of model.summary() in Keras' guide "Writing a training loop from scratch". */
class PresetsTest {
    @Test
    void theDiscriminatorIsThatOfTheGuide() {
        assertThat(LayerSummary.of(Presets.dcganDiscriminator()).rows())
                .containsExactly(
                        new LayerSummary.Row("conv2d", "Conv2D", Shape.of(14, 14, 64), 640, List.of("input"), true),
                        new LayerSummary.Row(
                                "leaky_re_lu", "LeakyReLU", Shape.of(14, 14, 64), 0, List.of("conv2d"), false),
                        new LayerSummary.Row(
                                "conv2d_1", "Conv2D", Shape.of(7, 7, 128), 73_856, List.of("leaky_re_lu"), true),
                        new LayerSummary.Row(
                                "leaky_re_lu_1", "LeakyReLU", Shape.of(7, 7, 128), 0, List.of("conv2d_1"), false),
                        new LayerSummary.Row(
                                "global_max_pooling2d",
                                "GlobalMaxPooling2D",
                                Shape.of(128),
                                0,
                                List.of("leaky_re_lu_1"),
                                false),
                        new LayerSummary.Row(
                                "dense", "Dense", Shape.of(1), 129, List.of("global_max_pooling2d"), true));
        assertThat(Presets.dcganDiscriminator().parameterCount()).isEqualTo(74_625);
    }

    @Test
    void theGeneratorIsThatOfTheGuide() {
        assertThat(LayerSummary.of(Presets.dcganGenerator()).rows())
                .containsExactly(
                        new LayerSummary.Row("dense", "Dense", Shape.of(6272), 809_088, List.of("input"), true),
                        new LayerSummary.Row("leaky_re_lu", "LeakyReLU", Shape.of(6272), 0, List.of("dense"), false),
                        new LayerSummary.Row(
                                "reshape", "Reshape", Shape.of(7, 7, 128), 0, List.of("leaky_re_lu"), false),
                        new LayerSummary.Row(
                                "conv2d_transpose",
                                "Conv2DTranspose",
                                Shape.of(14, 14, 128),
                                262_272,
                                List.of("reshape"),
                                true),
                        new LayerSummary.Row(
                                "leaky_re_lu_1",
                                "LeakyReLU",
                                Shape.of(14, 14, 128),
                                0,
                                List.of("conv2d_transpose"),
                                false),
                        new LayerSummary.Row(
                                "conv2d_transpose_1",
                                "Conv2DTranspose",
                                Shape.of(28, 28, 128),
                                262_272,
                                List.of("leaky_re_lu_1"),
                                true),
                        new LayerSummary.Row(
                                "leaky_re_lu_2",
                                "LeakyReLU",
                                Shape.of(28, 28, 128),
                                0,
                                List.of("conv2d_transpose_1"),
                                false),
                        new LayerSummary.Row(
                                "conv2d", "Conv2D", Shape.of(28, 28, 1), 6_273, List.of("leaky_re_lu_2"), true));
        assertThat(Presets.dcganGenerator().parameterCount()).isEqualTo(1_339_905);
    }

    /** Three stages of 16, 32 and 64 filters, each image half as large as before (He and others, section 4.2). */
    @Test
    void theStagesOfAResidualNetworkAreThoseOfThePaper() {
        final Network network = Presets.residual(Shape.of(32, 32, 3), 2, 10);

        assertThat(network.nodes().stream()
                        .filter(node -> node.layer() instanceof JoinLayer.Add)
                        .map(Network.Node::output))
                .containsExactly(
                        Shape.of(32, 32, 16),
                        Shape.of(32, 32, 16),
                        Shape.of(16, 16, 32),
                        Shape.of(16, 16, 32),
                        Shape.of(8, 8, 64),
                        Shape.of(8, 8, 64));
        assertThat(network.output()).isEqualTo(Shape.of(10));
    }

    @Test
    void aResidualNetworkIsNotDeeperThanThatOfThePaper() {
        assertThat(Presets.residual(Shape.of(8, 8, 1), 200, 2).layers().stream()
                        .filter(JoinLayer.Add.class::isInstance))
                .hasSize(600);
        for (final int blocks : new int[] {0, 201, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Presets.residual(Shape.of(8, 8, 1), blocks, 2))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            "1 to 200 blocks per stage, but the samples have the shape 8 x 8 x 1 and there" + " are "
                                    + blocks);
        }
    }
}
