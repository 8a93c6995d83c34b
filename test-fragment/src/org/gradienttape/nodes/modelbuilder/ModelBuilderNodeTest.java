package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.nodes.modelbuilder.LayerParametersTest.layer;

import java.io.IOException;
import java.util.List;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.model.Model;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.modelbuilder.ModelBuilderNodeParameters.Preset;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

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
                        "Layer string",
                        "Type string",
                        "Output shape string",
                        "Parameters long",
                        "Connected to string",
                        "Trainable boolean");
    }

    /** 784 x 64 + 64, 64 x 64 + 64, 64 x 10 + 10, as Keras' summary of the guide's model says. */
    @Test
    void classifierHasTheGuidesLayers() throws Exception {
        assertThat(TableText.rows((BufferedDataTable) node.execute(stores)[1]))
                .containsExactly(
                        "dense | Dense | 64 | 50240 | input | true",
                        "dense_1 | Dense | 64 | 4160 | dense | true",
                        "dense_2 | Dense | 10 | 650 | dense_1 | true");
    }

    @Test
    void activityRegularizationFollowsTheFirstLayer() throws Exception {
        parameters.preset = Preset.MNIST_CLASSIFIER_WITH_ACTIVITY_REGULARIZATION;

        final PortObject[] outputs = node.execute(stores);

        assertThat(TableText.rows((BufferedDataTable) outputs[1]))
                .containsExactly(
                        "dense | Dense | 64 | 50240 | input | true",
                        "activity_regularization | ActivityRegularization | 64 | 0 | dense | false",
                        "dense_1 | Dense | 64 | 4160 | activity_regularization | true",
                        "dense_2 | Dense | 10 | 650 | dense_1 | true");
        assertThat(((ModelPortObject) outputs[0]).model().network().layers().get(1))
                .isEqualTo(new Layer.ActivityRegularization(0.01, 0));
    }

    private static DatasetPortObjectSpec clothes() {
        return new DatasetPortObjectSpec(new DatasetInfo(
                "Clothes",
                60,
                Shape.of(8, 8, 1),
                ElementType.UINT8,
                Scaling.DIVIDE_BY_255,
                List.of("coat", "shirt", "shoe")));
    }

    /** Neither the input shape of the dialog, 784, nor its number of classes, 10, counts then. */
    @Test
    void aConnectedDatasetSaysTheInputShapeAndTheClasses() throws Exception {
        parameters.preset = Preset.RESIDUAL;
        parameters.blocks = 1;

        final Network network = ((ModelPortObjectSpec)
                        node.with("Dataset", DatasetPortObject.TYPE).numbered(1).configure(clothes())[0])
                .network();

        assertThat(network.input()).isEqualTo(Shape.of(8, 8, 1));
        assertThat(network.output()).isEqualTo(Shape.of(3));
    }

    @Test
    void aModelAndADatasetThatDoNotFitAreRefusedByBothShapes() throws Exception {
        final PortObjectSpec model = node.numbered(1).configure()[0];
        parameters.preset = Preset.CUSTOM;
        final LoneNode connected =
                node.with("Input model", ModelPortObject.TYPE).with("Dataset", DatasetPortObject.TYPE);

        assertThatThrownBy(() -> connected.numbered(2).configure(model, clothes()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The model takes samples of the shape 784, but the data Clothes has samples of the shape"
                        + " 8 x 8 x 1; connect data that the model can learn from, or none.");
    }

    @Test
    void customLayersBeginAsTheClassifier() throws Exception {
        final LoneNode inWorkflow = node.numbered(1);
        final PortObjectSpec preset = inWorkflow.configure()[0];
        parameters.preset = Preset.CUSTOM;

        assertThat(inWorkflow.configure()[0]).isEqualTo(preset);
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
                        "reshape | Reshape | 2 x 3 x 4 | 0 | input | false",
                        "flatten | Flatten | 24 | 0 | reshape | false",
                        "dropout | Dropout | 24 | 0 | flatten | false",
                        "dense | Dense | 5 | 120 | dropout | true",
                        "activity_regularization | ActivityRegularization | 5 | 0 | dense | false",
                        "re_lu | ReLU | 5 | 0 | activity_regularization | false");
    }

    /** The numbers of Keras' summary of the guide's discriminator; they sum to 74,625. */
    @Test
    void discriminatorHasTheGuidesLayers() throws Exception {
        parameters.preset = Preset.DCGAN_DISCRIMINATOR;

        assertThat(node.configure()[0]).hasToString("6 layers, 28 x 28 x 1 to 1, 74,625 parameters");
        assertThat(TableText.rows((BufferedDataTable) node.execute(stores)[1]))
                .containsExactly(
                        "conv2d | Conv2D | 14 x 14 x 64 | 640 | input | true",
                        "leaky_re_lu | LeakyReLU | 14 x 14 x 64 | 0 | conv2d | false",
                        "conv2d_1 | Conv2D | 7 x 7 x 128 | 73856 | leaky_re_lu | true",
                        "leaky_re_lu_1 | LeakyReLU | 7 x 7 x 128 | 0 | conv2d_1 | false",
                        "global_max_pooling2d | GlobalMaxPooling2D | 128 | 0 | leaky_re_lu_1 | false",
                        "dense | Dense | 1 | 129 | global_max_pooling2d | true");
    }

    /** 128 x 6272 + 6272, twice 4 x 4 x 128 x 128 + 128, 7 x 7 x 128 + 1. */
    @Test
    void generatorHasTheGuidesLayers() throws Exception {
        parameters.preset = Preset.DCGAN_GENERATOR;

        assertThat(node.configure()[0]).hasToString("8 layers, 128 to 28 x 28 x 1, 1,339,905 parameters");
        assertThat(TableText.rows((BufferedDataTable) node.execute(stores)[1]))
                .containsExactly(
                        "dense | Dense | 6272 | 809088 | input | true",
                        "leaky_re_lu | LeakyReLU | 6272 | 0 | dense | false",
                        "reshape | Reshape | 7 x 7 x 128 | 0 | leaky_re_lu | false",
                        "conv2d_transpose | Conv2DTranspose | 14 x 14 x 128 | 262272 | reshape | true",
                        "leaky_re_lu_1 | LeakyReLU | 14 x 14 x 128 | 0 | conv2d_transpose | false",
                        "conv2d_transpose_1 | Conv2DTranspose | 28 x 28 x 128 | 262272 | leaky_re_lu_1 | true",
                        "leaky_re_lu_2 | LeakyReLU | 28 x 28 x 128 | 0 | conv2d_transpose_1 | false",
                        "conv2d | Conv2D | 28 x 28 x 1 | 6273 | leaky_re_lu_2 | true");
    }

    @Test
    void aMaskThatGetsLostIsSaid() throws Exception {
        parameters.preset = Preset.CUSTOM;
        parameters.inputShape = "4";
        final LayerParameters embedding = layer(LayerType.EMBEDDING);
        embedding.embedding.maskZero = true;
        parameters.layers = new LayerParameters[] {embedding, layer(LayerType.FLATTEN)};

        assertThat(node.warning(stores)).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains("The layer flatten (Flatten) does not go on with the mask of embedding"));
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

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "Layer 1: Reshape to 28 x 29 x 1 needs 812 numbers per sample, but its input has the shape 784"
                                + " with 784; choose a target shape of that size.");
    }

    @Test
    void whatALayerCannotBeIsRefusedInTheDialog() {
        parameters.preset = Preset.CUSTOM;
        final LayerParameters reshape = layer(LayerType.RESHAPE);
        reshape.targetShape = "a";
        parameters.layers = new LayerParameters[] {reshape};

        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("target shape of Reshape");
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
    void withoutLayersTheModelIsItsInput() throws Exception {
        parameters.preset = Preset.CUSTOM;
        parameters.layers = new LayerParameters[0];

        assertThat(node.configure()[0]).hasToString("0 layers, 784 to 784, 0 parameters");
    }

    private Model model() throws Exception {
        return ((ModelPortObject) node.execute(stores)[0]).model();
    }
}
