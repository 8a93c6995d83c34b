package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;
import org.gradienttape.model.Model;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.modelbuilder.ModelBuilderNodeParameters.Preset;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.widget.choices.Label;

class ModelBuilderNodeTest {
    private final FileStores stores = new FileStores();
    private final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
    private final LoneNode node = LoneNode.of(new ModelBuilderNodeFactory(), parameters);

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void configureKnowsTheNetworkAndTheColumns() throws Exception {
        final PortObjectSpec[] specs = node.configure();

        assertThat(specs[0]).hasToString("3 layers, 784 to 10, 55,050 parameters");
        assertThat(TableText.columns((DataTableSpec) specs[1]))
                .containsExactly(
                        "Layer string", "Type string", "Output shape string", "Parameters long", "Trainable boolean");
    }

    /** 784 x 64 + 64, 64 x 64 + 64, 64 x 10 + 10, as Keras' summary of the guide's model says. */
    @Test
    void classifierHasTheGuidesLayers() throws Exception {
        assertThat(TableText.rows((BufferedDataTable) node.execute(stores)[1]))
                .containsExactly(
                        "dense | Dense | 64 | 50240 | true",
                        "dense_1 | Dense | 64 | 4160 | true",
                        "dense_2 | Dense | 10 | 650 | true");
    }

    @Test
    void activityRegularizationFollowsTheFirstLayer() throws Exception {
        parameters.preset = Preset.MNIST_CLASSIFIER_WITH_ACTIVITY_REGULARIZATION;

        final PortObject[] outputs = node.execute(stores);

        assertThat(TableText.rows((BufferedDataTable) outputs[1]))
                .containsExactly(
                        "dense | Dense | 64 | 50240 | true",
                        "activity_regularization | ActivityRegularization | 64 | 0 | false",
                        "dense_1 | Dense | 64 | 4160 | true",
                        "dense_2 | Dense | 10 | 650 | true");
        assertThat(((ModelPortObject) outputs[0]).model().network().layers().get(1))
                .isEqualTo(new Layer.ActivityRegularization(0.01, 0));
    }

    @Test
    void customLayersBeginAsTheClassifier() throws Exception {
        final PortObjectSpec preset = node.configure()[0];
        parameters.preset = Preset.CUSTOM;

        assertThat(node.configure()[0]).isEqualTo(preset);
    }

    @Test
    void everyLayerTypeCanBeChosen() throws Exception {
        parameters.preset = Preset.CUSTOM;
        parameters.inputShape = "4, 6";
        final LayerParameters reshape = layer(LayerType.RESHAPE);
        reshape.targetShape = "2,3 , 4";
        final LayerParameters dropout = layer(LayerType.DROPOUT);
        dropout.rate = 0.2;
        final LayerParameters penalty = layer(LayerType.ACTIVITY_REGULARIZATION);
        penalty.l1 = 0.5;
        penalty.l2 = 0.25;
        final LayerParameters dense = LayerParameters.dense(5, ActivationFunction.RELU);
        dense.useBias = false;
        parameters.layers = new LayerParameters[] {
            reshape, layer(LayerType.FLATTEN), dropout, dense, penalty, layer(LayerType.RELU)
        };

        assertThat(parameters.known().orElseThrow().layers())
                .containsExactly(
                        new Layer.Reshape(Shape.of(2, 3, 4)),
                        new Layer.Flatten(),
                        new Layer.Dropout(0.2),
                        new Layer.Dense(5, Activation.RELU, false),
                        new Layer.ActivityRegularization(0.5, 0.25),
                        new Layer.ReLU());
        assertThat(TableText.rows((BufferedDataTable) node.execute(stores)[1]))
                .containsExactly(
                        "reshape | Reshape | 2 x 3 x 4 | 0 | false",
                        "flatten | Flatten | 24 | 0 | false",
                        "dropout | Dropout | 24 | 0 | false",
                        "dense | Dense | 5 | 120 | true",
                        "activity_regularization | ActivityRegularization | 5 | 0 | false",
                        "re_lu | ReLU | 5 | 0 | false");
    }

    /** The numbers of Keras' summary of the guide's discriminator; they sum to 74,625. */
    @Test
    void discriminatorHasTheGuidesLayers() throws Exception {
        parameters.preset = Preset.DCGAN_DISCRIMINATOR;

        assertThat(node.configure()[0]).hasToString("6 layers, 28 x 28 x 1 to 1, 74,625 parameters");
        assertThat(TableText.rows((BufferedDataTable) node.execute(stores)[1]))
                .containsExactly(
                        "conv2d | Conv2D | 14 x 14 x 64 | 640 | true",
                        "leaky_re_lu | LeakyReLU | 14 x 14 x 64 | 0 | false",
                        "conv2d_1 | Conv2D | 7 x 7 x 128 | 73856 | true",
                        "leaky_re_lu_1 | LeakyReLU | 7 x 7 x 128 | 0 | false",
                        "global_max_pooling2d | GlobalMaxPooling2D | 128 | 0 | false",
                        "dense | Dense | 1 | 129 | true");
    }

    /** 128 x 6272 + 6272, twice 4 x 4 x 128 x 128 + 128, 7 x 7 x 128 + 1. */
    @Test
    void generatorHasTheGuidesLayers() throws Exception {
        parameters.preset = Preset.DCGAN_GENERATOR;

        assertThat(node.configure()[0]).hasToString("8 layers, 128 to 28 x 28 x 1, 1,339,905 parameters");
        assertThat(TableText.rows((BufferedDataTable) node.execute(stores)[1]))
                .containsExactly(
                        "dense | Dense | 6272 | 809088 | true",
                        "leaky_re_lu | LeakyReLU | 6272 | 0 | false",
                        "reshape | Reshape | 7 x 7 x 128 | 0 | false",
                        "conv2d_transpose | Conv2DTranspose | 14 x 14 x 128 | 262272 | true",
                        "leaky_re_lu_1 | LeakyReLU | 14 x 14 x 128 | 0 | false",
                        "conv2d_transpose_1 | Conv2DTranspose | 28 x 28 x 128 | 262272 | true",
                        "leaky_re_lu_2 | LeakyReLU | 28 x 28 x 128 | 0 | false",
                        "conv2d | Conv2D | 28 x 28 x 1 | 6273 | true");
    }

    @Test
    void convolutionsAndPoolingTakeTheirNumbers() {
        final LayerParameters convolution = layer(LayerType.CONV_2D);
        convolution.convolution.filters = 8;
        convolution.convolution.kernelHeight = 5;
        convolution.convolution.kernelWidth = 4;
        convolution.convolution.strideHeight = 3;
        convolution.convolution.strideWidth = 2;
        convolution.convolution.padding = PaddingChoice.SAME;
        convolution.convolution.activation = ActivationFunction.TANH;
        convolution.convolution.useBias = false;
        final LayerParameters transpose = layer(LayerType.CONV_2D_TRANSPOSE);
        transpose.convolution = convolution.convolution;
        final LayerParameters pooling = layer(LayerType.MAX_POOLING_2D);
        pooling.pooling.poolHeight = 5;
        pooling.pooling.poolWidth = 4;
        pooling.pooling.strideHeight = 3;
        pooling.pooling.padding = PaddingChoice.SAME;
        final LayerParameters average = layer(LayerType.AVERAGE_POOLING_2D);
        average.pooling = pooling.pooling;

        final Window window = new Window(5, 4, 3, 2, Padding.SAME);
        assertThat(convolution.toConfig()).isEqualTo(new ImageLayer.Conv2D(8, window, Activation.TANH, false));
        assertThat(transpose.toConfig()).isEqualTo(new ImageLayer.Conv2DTranspose(8, window, Activation.TANH, false));
        assertThat(pooling.toConfig()).isEqualTo(new ImageLayer.MaxPooling2D(window));
        assertThat(average.toConfig()).isEqualTo(new ImageLayer.AveragePooling2D(window));
    }

    @Test
    void normalizationsTakeTheirNumbers() {
        final LayerParameters batch = layer(LayerType.BATCH_NORMALIZATION);
        batch.normalization.momentum = 0.8;
        batch.normalization.epsilon = 1e-5;
        batch.normalization.center = false;
        final LayerParameters sample = layer(LayerType.LAYER_NORMALIZATION);
        sample.normalization.scale = false;

        assertThat(batch.toConfig()).isEqualTo(new NormalizationLayer.BatchNormalization(0.8, 1e-5, false, true));
        assertThat(sample.toConfig()).isEqualTo(new NormalizationLayer.LayerNormalization(1e-3, true, false));
    }

    @Test
    void activationLayersTakeTheirNumbers() {
        final LayerParameters leaky = layer(LayerType.LEAKY_RELU);
        leaky.negativeSlope = 0.2;
        final LayerParameters elu = layer(LayerType.ELU);
        elu.alpha = 0.5;
        final LayerParameters gelu = layer(LayerType.GELU);
        gelu.approximate = true;

        assertThat(leaky.toConfig()).isEqualTo(new ActivationLayer.LeakyReLU(0.2));
        assertThat(elu.toConfig()).isEqualTo(new ActivationLayer.ELU(0.5));
        assertThat(gelu.toConfig()).isEqualTo(new ActivationLayer.GELU(true));
    }

    /** keras.io/api/layers. */
    @Test
    void defaultsAreThoseOfKeras() {
        assertThat(layer(LayerType.LEAKY_RELU).toConfig()).isEqualTo(new ActivationLayer.LeakyReLU(0.3));
        assertThat(layer(LayerType.ELU).toConfig()).isEqualTo(new ActivationLayer.ELU(1));
        assertThat(layer(LayerType.GELU).toConfig()).isEqualTo(new ActivationLayer.GELU(false));
        assertThat(layer(LayerType.BATCH_NORMALIZATION).toConfig())
                .isEqualTo(new NormalizationLayer.BatchNormalization(0.99, 1e-3, true, true));
        assertThat(layer(LayerType.LAYER_NORMALIZATION).toConfig())
                .isEqualTo(new NormalizationLayer.LayerNormalization(1e-3, true, true));
        assertThat(layer(LayerType.MAX_POOLING_2D).toConfig())
                .isEqualTo(new ImageLayer.MaxPooling2D(Window.square(2, 2, Padding.VALID)));
    }

    @ParameterizedTest
    @EnumSource(ActivationFunction.class)
    void everyActivationIsTheEnginesOfThatName(final ActivationFunction function) {
        assertThat(((Layer.Dense) LayerParameters.dense(1, function).toConfig()).activation())
                .hasToString(function.name());
    }

    /** The labels in the dialog and the types in the layer summary are Keras' names. */
    @ParameterizedTest
    @EnumSource(value = LayerType.class, mode = EnumSource.Mode.EXCLUDE, names = "JAVA_CODE")
    void theLabelOfATypeIsKerasName(final LayerType type) throws NoSuchFieldException {
        final LayerParameters layer = layer(type);
        final String label =
                LayerType.class.getField(type.name()).getAnnotation(Label.class).value();

        assertThat(layer.toConfig().type()).isEqualTo(label);
    }

    @Test
    void theSeedDecidesTheWeights() throws Exception {
        final Model first = model();
        final Model again = model();
        parameters.seed = 1;
        final Model other = model();

        assertThat(again).isEqualTo(first);
        assertThat(other.weights()).isNotEqualTo(first.weights());
        // Glorot uniform: sqrt(6 / (784 + 64)) = 0.0841
        assertThat(first.weights().get("dense/kernel")).hasSize(50_176);
        for (final float weight : first.weights().get("dense/kernel")) {
            assertThat(Math.abs(weight)).isLessThanOrEqualTo(0.08412f);
        }
        assertThat(first.weights().get("dense/bias")).containsOnly(0f);
    }

    @Test
    void aLayerThatDoesNotFitNamesBothShapes() {
        parameters.preset = Preset.CUSTOM;
        final LayerParameters reshape = layer(LayerType.RESHAPE);
        reshape.targetShape = "28, 29, 1";
        parameters.layers = new LayerParameters[] {reshape};

        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "Layer 1: Reshape to 28 x 29 x 1 needs 812 numbers per sample, but its input has the shape 784"
                                + " with 784; choose a target shape of that size.");
    }

    @Test
    void whatIsNoShapeIsRefused() {
        parameters.preset = Preset.CUSTOM;
        for (final String text : List.of("", "28 x 28", "28,", "a", "2.5", "99999999999")) {
            parameters.inputShape = text;
            assertThatThrownBy(parameters::validate)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessage("The input shape must be whole numbers with commas between them, such as \"28, 28, 1\","
                            + " but it is \"" + text + "\"; correct it.");
        }
    }

    @Test
    void aNetworkNeedsALayer() {
        parameters.preset = Preset.CUSTOM;
        parameters.layers = new LayerParameters[0];

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("A network needs at least one layer, but it has none; add a layer.");
    }

    private Model model() throws Exception {
        return ((ModelPortObject) node.execute(stores)[0]).model();
    }

    private static LayerParameters layer(final LayerType type) {
        final LayerParameters layer = new LayerParameters();
        layer.type = type;
        return layer;
    }
}
