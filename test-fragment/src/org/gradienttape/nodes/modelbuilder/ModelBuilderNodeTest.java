package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Shape;
import org.gradienttape.model.Model;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.modelbuilder.LayerParameters.DenseActivation;
import org.gradienttape.nodes.modelbuilder.LayerParameters.Type;
import org.gradienttape.nodes.modelbuilder.ModelBuilderNodeParameters.Preset;
import org.gradienttape.nodes.ports.ModelPortObject;
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
        final LayerParameters reshape = layer(Type.RESHAPE);
        reshape.targetShape = "2,3 , 4";
        final LayerParameters dropout = layer(Type.DROPOUT);
        dropout.rate = 0.2;
        final LayerParameters penalty = layer(Type.ACTIVITY_REGULARIZATION);
        penalty.l1 = 0.5;
        penalty.l2 = 0.25;
        final LayerParameters dense = LayerParameters.dense(5, DenseActivation.RELU);
        dense.useBias = false;
        parameters.layers =
                new LayerParameters[] {reshape, layer(Type.FLATTEN), dropout, dense, penalty, layer(Type.RELU)};

        assertThat(parameters.toConfig().layers())
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
        final LayerParameters reshape = layer(Type.RESHAPE);
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

    private static LayerParameters layer(final Type type) {
        final LayerParameters layer = new LayerParameters();
        layer.type = type;
        return layer;
    }
}
