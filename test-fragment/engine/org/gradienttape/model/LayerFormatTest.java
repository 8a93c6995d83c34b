package org.gradienttape.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.AugmentationLayer;
import org.gradienttape.layer.AugmentationLayer.Fill;
import org.gradienttape.layer.AugmentationLayer.Flip;
import org.gradienttape.layer.Edges;
import org.gradienttape.layer.ImageFrameLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.NoiseLayer;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.layer.SequenceLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Size;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer;
import org.junit.jupiter.api.Test;

class LayerFormatTest {
    private static final WeightSettings SETTINGS = new WeightSettings(
            Initializer.ORTHOGONAL,
            Initializer.ONES,
            new Penalty(0.1, 0.2),
            new Penalty(0.3, 0.4),
            new Penalty(0.5, 0.6));
    private static final List<Layer> ONE_OF_EACH = List.of(
            new Layer.Dense(3, Activation.RELU),
            new Layer.Dense(4, Activation.NONE, false),
            new Layer.ReLU(),
            new Layer.Flatten(),
            new Layer.Reshape(Shape.of(7, 7, 16)),
            new Layer.Dropout(0.25),
            new Layer.ActivityRegularization(1e-3, 1.0 / 3),
            new ImageLayer.Conv2D(5, new Window(1, 2, 3, 4, Padding.SAME), Activation.SIGMOID),
            new ImageLayer.Conv2DTranspose(6, new Window(4, 3, 2, 1, Padding.VALID), Activation.NONE, false),
            new ImageLayer.MaxPooling2D(new Window(1, 2, 3, 4, Padding.SAME)),
            new ImageLayer.AveragePooling2D(new Window(1, 2, 3, 4, Padding.VALID)),
            new ImageLayer.GlobalMaxPooling2D(),
            new ImageLayer.GlobalAveragePooling2D(),
            new NormalizationLayer.BatchNormalization(0.9, 1e-5, true, false),
            new NormalizationLayer.LayerNormalization(1e-6, false, true),
            new ActivationLayer.LeakyReLU(0.1),
            new ActivationLayer.ELU(1.5),
            new ActivationLayer.GELU(true),
            new ActivationLayer.SiLU(),
            new ActivationLayer.Sigmoid(),
            new ActivationLayer.Tanh(),
            new ActivationLayer.Softmax(),
            new ActivationLayer.PReLU(Initializer.HE_UNIFORM, List.of(1, 2)),
            new ImageLayer.Conv2D(
                    6, new Window(1, 2, 1, 1, Padding.SAME), new Size(3, 4), 2, Activation.ELU, false, SETTINGS),
            new ImageLayer.DepthwiseConv2D(
                    new Window(1, 2, 3, 4, Padding.SAME), 2, new Size(1, 1), Activation.ELU, false, SETTINGS),
            new ImageLayer.SeparableConv2D(
                    5, new Window(1, 2, 1, 1, Padding.VALID), 2, new Size(2, 3), Activation.ELU, true, SETTINGS),
            new ImageFrameLayer.UpSampling2D(new Size(2, 3)),
            new ImageFrameLayer.ZeroPadding2D(new Edges(0, 1, 2, 3)),
            new ImageFrameLayer.Cropping2D(new Edges(3, 2, 1, 0)),
            new AugmentationLayer.RandomFlip(Flip.VERTICAL),
            new AugmentationLayer.RandomTranslation(0.1, 0.2, Fill.WRAP, 0.3),
            new AugmentationLayer.RandomRotation(0.1, Fill.CONSTANT, 0.2),
            new AugmentationLayer.RandomZoom(0.1, -1, Fill.NEAREST, 0.3),
            new AugmentationLayer.RandomContrast(0.1, -1, 2),
            new NoiseLayer.GaussianNoise(0.25),
            new NoiseLayer.SpatialDropout2D(0.75),
            new ScalingLayer.Rescaling(1.0 / 255, -0.5),
            new ScalingLayer.Normalization(List.of(0.5, -1.0), List.of(0.0, 1e-9), true),
            new NormalizationLayer.GroupNormalization(-1, 1e-6, false, true),
            new SequenceLayer.Conv1D(6, 5, 1, Padding.CAUSAL, 4, 3, Activation.TANH, false, SETTINGS),
            new SequenceLayer.Conv1DTranspose(6, 5, 4, Padding.SAME, Activation.TANH, true, SETTINGS),
            new SequenceLayer.MaxPooling1D(4, 3, Padding.SAME),
            new SequenceLayer.AveragePooling1D(5, 2, Padding.VALID),
            new SequenceLayer.GlobalMaxPooling1D(),
            new SequenceLayer.GlobalAveragePooling1D(),
            new Layer.InputColumns(List.of(3, 0, 1)),
            new JoinLayer.Add(),
            new JoinLayer.Subtract(),
            new JoinLayer.Multiply(),
            new JoinLayer.Average(),
            new JoinLayer.Maximum(),
            new JoinLayer.Minimum(),
            new JoinLayer.Concatenate(-2),
            new RecurrentLayer.SimpleRNN(
                    3, Activation.RELU, false, 0.1, 0.2, true, false, Initializer.HE_NORMAL, SETTINGS),
            new RecurrentLayer.LSTM(
                    4,
                    Activation.TANH,
                    Activation.RELU,
                    true,
                    false,
                    0.1,
                    0.2,
                    false,
                    true,
                    Initializer.ORTHOGONAL,
                    SETTINGS),
            new RecurrentLayer.GRU(
                    5,
                    Activation.TANH,
                    Activation.SIGMOID,
                    false,
                    0.1,
                    0.2,
                    true,
                    true,
                    Initializer.ORTHOGONAL,
                    SETTINGS),
            new MaskingLayer.Masking(-1),
            new MaskingLayer.Embedding(7, 3, Initializer.ONES, new Penalty(0.1, 0.2), true),
            new WrapperLayer.Bidirectional(
                    new RecurrentLayer.SimpleRNN(
                            3, Activation.TANH, true, 0, 0, false, true, Initializer.ZEROS, SETTINGS),
                    WrapperLayer.MergeMode.AVE),
            new WrapperLayer.TimeDistributed(
                    new ImageLayer.Conv2D(5, new Window(1, 2, 3, 4, Padding.SAME), Activation.TANH, false)),
            new AttentionLayer.MultiHeadAttention(2, 3, 4, 0.1, false, true, SETTINGS),
            ModelFixture.IN_JAVA);

    @Test
    void everyLayerComesBackAsItWas() {
        for (final Layer layer : ONE_OF_EACH) {
            assertThat(readBack(layer)).isEqualTo(layer);
        }
    }

    @Test
    void everyActivationComesBackAsItWas() {
        for (final Activation activation : Activation.values()) {
            assertThat(readBack(new Layer.Dense(1, activation))).isEqualTo(new Layer.Dense(1, activation));
        }
    }

    /** keras.io/api/layers/convolution_layers/convolution2d; config names as in Conv2D.get_config(). */
    @Test
    void namesAreThoseOfKeras() {
        assertThat(LayerFormat.toJson(
                                new ImageLayer.Conv2D(5, new Window(1, 2, 3, 4, Padding.SAME), Activation.NONE, false))
                        .toString())
                .isEqualTo("{\"type\":\"Conv2D\",\"filters\":5,\"kernel_size\":[1,2],\"strides\":[3,4],"
                        + "\"padding\":\"same\",\"activation\":\"linear\",\"use_bias\":false}");
        assertThat(LayerFormat.toJson(new ImageLayer.Conv2D(
                                5,
                                Window.square(2, 1, Padding.SAME),
                                new Size(3, 4),
                                1,
                                Activation.NONE,
                                true,
                                SETTINGS))
                        .toString())
                .isEqualTo("{\"type\":\"Conv2D\",\"filters\":5,\"kernel_size\":[2,2],\"strides\":[1,1],"
                        + "\"padding\":\"same\",\"dilation_rate\":[3,4],\"activation\":\"linear\",\"use_bias\":true,"
                        + "\"kernel_initializer\":\"orthogonal\",\"bias_initializer\":\"ones\","
                        + "\"kernel_regularizer\":{\"l1\":0.1,\"l2\":0.2},\"bias_regularizer\":{\"l1\":0.3,\"l2\":0.4},"
                        + "\"activity_regularizer\":{\"l1\":0.5,\"l2\":0.6}}");
    }

    @Test
    void refusesAKernelThatIsNoPair() {
        assertThatThrownBy(() ->
                        read("{\"type\":\"MaxPooling2D\",\"pool_size\":[2],\"strides\":[2,2],\"padding\":\"same\"}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pool_size should be 2 whole numbers, but it is 1 numbers");
    }

    /** Fails when a new layer is left out of {@link LayerFormat}, or of this test. */
    @Test
    void everyLayerHasAForm() {
        assertThat(ONE_OF_EACH.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(kinds(Layer.class));
    }

    private static Layer readBack(final Layer layer) {
        return read(LayerFormat.toJson(layer).toString());
    }

    private static Layer read(final String json) {
        return LayerFormat.fromJson(
                JsonFields.parse(json.getBytes(StandardCharsets.UTF_8), new JsonFields.Source("A test", "mend it")));
    }

    private static List<Class<?>> kinds(final Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(kind -> kinds(kind).stream())
                        .toList()
                : List.of(type);
    }
}
