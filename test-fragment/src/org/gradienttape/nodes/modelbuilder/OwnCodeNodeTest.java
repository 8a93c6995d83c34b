package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.nodes.CodeDialog;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.StepTemplate;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.modelbuilder.ModelBuilderNodeParameters.Preset;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;

/** Layers and models in Java in the Model Builder. */
class OwnCodeNodeTest {
    private final FileStores stores = new FileStores();
    private final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
    private final LoneNode node = LoneNode.of(new ModelBuilderNodeFactory(), parameters);
    private final LayerParameters own = new LayerParameters();

    @BeforeEach
    void choose() {
        parameters.preset = Preset.CUSTOM;
        own.type = LayerType.JAVA_CODE;
        parameters.layers = new LayerParameters[] {
            LayerParameters.dense(64, ActivationFunction.RELU), own, LayerParameters.dense(10, ActivationFunction.NONE)
        };
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void theGuidesLayerStandsInTheSummaryAndInTheModel() throws Exception {
        final PortObject[] outputs = node.execute(stores);

        assertThat(TableText.rows((BufferedDataTable) outputs[1]))
                .containsExactly(
                        "dense | Dense | 64 | 50240 | input | true",
                        "activity_regularization_layer | ActivityRegularizationLayer (Java code) | 64 | 0 | dense | false",
                        "dense_1 | Dense | 10 | 650 | activity_regularization_layer | true");
        final ModelPortObject model = (ModelPortObject) outputs[0];
        assertThat(((CodeLayer) model.model().network().layers().get(1)).source())
                .isEqualTo(StepTemplate.text("ActivityRegularizationLayer"));
        assertThat(model.getSummary()).isEqualTo("3 layers, 784 to 10, 50,890 parameters, with Java code");
        assertThat(Arrays.stream(model.getViews()).map(view -> view.getName()))
                .containsExactly("Model", "Java code of activity_regularization_layer");
    }

    @ParameterizedTest
    @EnumSource(OwnLayerParameters.Template.class)
    void everyTemplateOfALayerIsBuilt(final OwnLayerParameters.Template template) throws Exception {
        own.ownLayer.template = template;
        own.ownLayer.code = StepTemplate.text("Linear");

        assertThat(((ModelPortObject) node.execute(stores)[0]).model().network().holdsCode())
                .isTrue();
    }

    @Test
    void aWholeModelIsAPreset() throws Exception {
        parameters.preset = Preset.JAVA_CODE;

        assertThat(TableText.rows((BufferedDataTable) node.execute(stores)[1]))
                .containsExactly(
                        "branching_model | BranchingModel (Java code) | 10 | 0 | input | false",
                        "branching_model/dense | Dense | 32 | 25120 | input | true",
                        "branching_model/residual/dense | Dense | 32 | 1056 | branching_model/dense, branching_model/dense_1 | true",
                        "branching_model/dense_1 | Dense | 32 | 25120 | input | true",
                        "branching_model/dense_2 | Dense | 10 | 650 | branching_model/dense, branching_model/residual/dense,"
                                + " branching_model/dense_1 | true");
    }

    @Test
    void theInputShapeOfAWholeModelIsTheDialogs() throws Exception {
        parameters.preset = Preset.JAVA_CODE;
        parameters.inputShape = "100";
        parameters.ownModel.template = OwnModelParameters.Template.OWN_CODE;
        parameters.ownModel.code = StepTemplate.text("Linear");

        assertThat(((ModelPortObject) node.execute(stores)[0]).getSpec())
                .hasToString("1 layer, 100 to 32, 3,232 parameters, with Java code");
    }

    /** What is no Java shows that configuring compiles nothing; the network is not known then. */
    @Test
    void nothingIsCompiledBeforeTheNodeIsExecuted() throws Exception {
        own.ownLayer.template = OwnLayerParameters.Template.OWN_CODE;
        own.ownLayer.code = "This is no Java.";

        parameters.validate();
        assertThat(node.configure()[0]).isNull();
        assertThat(node.configure()[1]).isNotNull();
        assertThatThrownBy(() -> node.execute(stores))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("The Java code of the layer 2 does not compile: line 1, ");

        parameters.preset = Preset.JAVA_CODE;
        parameters.ownModel.template = OwnModelParameters.Template.OWN_CODE;
        assertThat(node.configure()[0]).isNull();
        assertThatThrownBy(() -> node.execute(stores))
                .hasMessageContaining(
                        "The model's Java code needs one class that extends CustomLayer, but it has none");
    }

    @Test
    void whatComesBeforeTheCodeIsCheckedAtOnce() {
        final LayerParameters reshape = new LayerParameters();
        reshape.type = LayerType.RESHAPE;
        reshape.targetShape = "5";
        parameters.layers = new LayerParameters[] {reshape, own};

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("Layer 1: Reshape to 5 needs 5 numbers per sample");
    }

    @Test
    void cancelEndsABuildThatComputes() {
        own.ownLayer.template = OwnLayerParameters.Template.OWN_CODE;
        own.ownLayer.code = StepTemplate.text("ActivityRegularizationLayer")
                .replace("return inputs;", "while (mode != null) inputs.add(1); return inputs;");
        node.cancel();

        assertThatThrownBy(() -> node.execute(stores)).isInstanceOf(CanceledExecutionException.class);
    }

    @Test
    void theDialogShowsTheCodeThatIsBuilt() {
        final OwnLayerParameters.ShownCode layer = new OwnLayerParameters.ShownCode();
        layer.init(new CodeDialog(OwnLayerParameters.Template.SAMPLING, "mine"));
        final OwnModelParameters.ShownCode model = new OwnModelParameters.ShownCode();
        model.init(new CodeDialog(OwnModelParameters.Template.OWN_CODE, "mine"));

        assertThat(layer.computeState(null)).contains("class Sampling");
        assertThat(model.computeState(null)).isEqualTo("mine");
    }
}
