package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.OneHotEncoding;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerSummary;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.modelbuilder.LayerNodeParameters.Columns;
import org.gradienttape.nodes.modelbuilder.LayerNodeParameters.Join;
import org.gradienttape.nodes.modelbuilder.LayerNodeParameters.Kind;
import org.gradienttape.nodes.modelbuilder.ModelBuilderNodeParameters.Preset;
import org.gradienttape.nodes.modelbuilder.TransferParameters.Frozen;
import org.gradienttape.nodes.modelbuilder.TransferParameters.Kept;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/** Networks that are drawn with nodes, and models that are gone on from. */
class LayerNodeTest {
    private final FileStores stores = new FileStores();

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    private ModelPortObject input(final int number, final String shape) throws Exception {
        final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
        parameters.preset = Preset.INPUT;
        parameters.inputShape = shape;
        return (ModelPortObject) LoneNode.of(new ModelBuilderNodeFactory(), parameters)
                .numbered(number)
                .execute(stores)[0];
    }

    private ModelPortObject dense(final int number, final int units, final PortObject model) throws Exception {
        final LayerNodeParameters parameters = new LayerNodeParameters();
        parameters.layer = LayerParameters.dense(units, ActivationFunction.RELU);
        return added(number, parameters, model);
    }

    private ModelPortObject added(final int number, final LayerNodeParameters parameters, final PortObject... models)
            throws Exception {
        final LoneNode node = node(number, parameters, models.length);
        final PortObjectSpec[] specs = new PortObjectSpec[models.length];
        for (int i = 0; i < models.length; i++) {
            specs[i] = models[i].getSpec();
        }
        final ModelPortObjectSpec configured = (ModelPortObjectSpec) node.configure(specs)[0];
        final ModelPortObject executed = (ModelPortObject) node.execute(stores, models)[0];
        assertThat(executed.getSpec().branch()).isEqualTo(configured.branch());
        return executed;
    }

    private static LoneNode node(final int number, final LayerNodeParameters parameters, final int ports) {
        LoneNode node = LoneNode.of(new LayerNodeFactory(), parameters);
        for (int i = 1; i < ports; i++) {
            node = node.with("More models", ModelPortObject.TYPE);
        }
        return node.numbered(number);
    }

    private static LayerNodeParameters join(final Join by) {
        final LayerNodeParameters parameters = new LayerNodeParameters();
        parameters.kind = Kind.JOIN;
        parameters.join = by;
        return parameters;
    }

    private static List<String> rows(final ModelPortObject model) {
        return LayerSummary.of(model.model().network()).rows().stream()
                .map(row -> row.name() + " " + row.output() + " from " + row.connectedTo()
                        + (row.trainable() ? " learns" : ""))
                .toList();
    }

    @Test
    void branchesAreConnectionsAndAJoinIsANode() throws Exception {
        final ModelPortObject base = dense(2, 8, input(1, "4"));
        final ModelPortObject joined = added(5, join(Join.CONCATENATE), dense(3, 8, base), dense(4, 8, base), base);

        assertThat(rows(joined))
                .containsExactly(
                        "dense 8 from [input] learns",
                        "dense_1 8 from [dense] learns",
                        "dense_2 8 from [dense] learns",
                        "concatenate 24 from [dense_1, dense_2, dense]");
        final Weights weights = joined.model().weights();
        assertThat(weights.get("dense/kernel")).isEqualTo(base.model().weights().get("dense/kernel"));
        assertThat(weights.get("dense_1/kernel")).isNotEqualTo(weights.get("dense_2/kernel"));
    }

    @Test
    void theSameDrawingHasTheSameWeights() throws Exception {
        assertThat(dense(2, 8, input(1, "4")).model())
                .isEqualTo(dense(2, 8, input(1, "4")).model());
    }

    @Test
    void eachJoinIsKerasLayer() {
        for (final Join by : Join.values()) {
            assertThat(by.layer(-1).type()).isEqualToIgnoringCase(by.name());
        }
        assertThat(Join.CONCATENATE.layer(2)).isEqualTo(new JoinLayer.Concatenate(2));
    }

    @Test
    void shapesThatDoNotJoinAreAllNamedBeforeAnythingRuns() throws Exception {
        final ModelPortObject base = input(1, "4");
        final LoneNode node = node(5, join(Join.ADD), 3);
        final PortObjectSpec[] specs = {
            dense(2, 8, base).getSpec(), dense(3, 9, base).getSpec(), base.getSpec(),
        };

        assertThatThrownBy(() -> node.configure(specs))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("Add needs inputs of the same shape, but their shapes are 8, 9 and 4");
    }

    @Test
    void modelsOfDifferentOriginAreRefused() throws Exception {
        final LoneNode node = node(5, join(Join.ADD), 2);
        final PortObjectSpec one = dense(3, 8, input(1, "4")).getSpec();
        final PortObjectSpec other = dense(4, 8, input(2, "4")).getSpec();

        assertThatThrownBy(() -> node.configure(one, other))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("must go back to one and the same input");
    }

    @Test
    void aLayerThatWasFrozenBehindThePlaceWhereTheyPartIsRefused() throws Exception {
        final ModelPortObject base = dense(2, 8, input(1, "4"));
        final ModelPortObject frozen = freeze(3, Frozen.ALL, base);
        final LoneNode node = node(5, join(Join.ADD), 2);

        assertThatThrownBy(() -> node.configure(dense(4, 8, base).getSpec(), frozen.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The models share the layer dense, but its settings are not the same");
    }

    /** A trainer gives a new model. */
    @Test
    void whatWasTrainedIsSharedByTheBranchesBehindItAndJoinsNothingBefore() throws Exception {
        final ModelPortObject base = dense(2, 8, input(1, "4"));
        final ModelPortObject trained = new ModelPortObject(base.model());

        final ModelPortObject joined = added(6, join(Join.ADD), dense(4, 8, trained), dense(5, 8, trained));

        assertThat(rows(joined))
                .containsExactly(
                        "dense 8 from [input] learns",
                        "dense_1 8 from [dense] learns",
                        "dense_2 8 from [dense] learns",
                        "add 8 from [dense_1, dense_2]");
        assertThat(joined.model().weights().get("dense/kernel"))
                .isEqualTo(trained.model().weights().get("dense/kernel"));
        final PortObjectSpec untrained = dense(4, 8, base).getSpec();
        assertThatThrownBy(() -> node(6, join(Join.ADD), 2).configure(untrained, trained.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("must go back to one and the same input");
    }

    /** The weights of a layer that branches share are compared when the node runs; before, they are not known. */
    @Test
    void aLayerWhoseWeightsWereChangedBehindThePlaceWhereTheyPartIsRefused() throws Exception {
        final ModelPortObject base = dense(2, 8, input(1, "4"));
        final ModelPortObject changed = new ModelPortObject(
                new Model(
                        base.model().network(),
                        Weights.initial(base.model().network(), 5),
                        base.model().preprocessing(),
                        base.model().provenance()),
                base.getSpec());

        assertThatThrownBy(() -> added(6, join(Join.ADD), dense(4, 8, base), changed))
                .hasMessageContaining("The models share the layer dense, but its weights are not the same in all");
    }

    @Test
    void aMaskThatGetsLostIsSaid() throws Exception {
        final LayerNodeParameters masking = new LayerNodeParameters();
        masking.layer.type = LayerType.MASKING;
        final LayerNodeParameters flatten = new LayerNodeParameters();
        flatten.layer.type = LayerType.FLATTEN;
        final ModelPortObject input = input(1, "5, 2");

        assertThat(node(2, masking, 1).warning(stores, input)).isEmpty();
        final ModelPortObject masked = added(2, masking, input);
        assertThat(node(3, flatten, 1).warning(stores, masked)).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains("The layer flatten (Flatten) does not go on with the mask of masking"));
    }

    @Test
    void onlyALayerThatJoinsTakesSeveralModels() throws Exception {
        final ModelPortObject base = input(1, "4");
        final LoneNode node = node(5, new LayerNodeParameters(), 2);

        assertThatThrownBy(() -> node.configure(base.getSpec(), base.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("2 are connected; choose Join");
    }

    @Test
    void aLayerInJavaIsFoundWhenTheNodeRuns() throws Exception {
        final LayerNodeParameters parameters = new LayerNodeParameters();
        parameters.layer.type = LayerType.JAVA_CODE;
        final ModelPortObject base = dense(2, 64, input(1, "4"));
        final LoneNode node = node(3, parameters, 1);

        assertThat(node.configure(base.getSpec())[0]).isNull();
        assertThat(rows((ModelPortObject) node.execute(stores, base)[0]))
                .containsExactly("dense 64 from [input] learns", "activity_regularization_layer 64 from [dense]");
    }

    @Test
    void aLayerCanHaveANameOfItsOwn() throws Exception {
        final LayerNodeParameters parameters = new LayerNodeParameters();
        parameters.name = " features ";

        assertThat(rows(added(2, parameters, input(1, "4")))).containsExactly("features 64 from [input] learns");

        parameters.name = "a b";
        final PortObjectSpec base = input(1, "4").getSpec();
        assertThatThrownBy(() -> node(2, parameters, 1).configure(base))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("but it is called \"a b\"");
    }

    /** The features are age, color=blue, color=red, height. */
    private static ModelPortObject ofTable() {
        final Encoding encoding = new Encoding(List.of(
                new NumberEncoding("age", NumberScaling.STANDARDIZED, 40, 10, OptionalDouble.empty()),
                new OneHotEncoding("color", List.of("blue", "red"), false, Optional.empty()),
                new NumberEncoding("height", NumberScaling.STANDARDIZED, 1, 1, OptionalDouble.empty())));
        final Network network = Network.of(Shape.of(4), List.of());
        return new ModelPortObject(new Model(
                network,
                Weights.initial(network, 0),
                new Preprocessing(Target.NONE, Optional.empty(), Optional.of(encoding)),
                Provenance.of("Test")));
    }

    private static LayerNodeParameters columns(final Columns columns, final String... names) {
        final LayerNodeParameters parameters = new LayerNodeParameters();
        parameters.kind = Kind.INPUT_COLUMNS;
        parameters.columns = columns;
        parameters.columnNames = String.join("\n", names);
        return parameters;
    }

    private Layer taken(final LayerNodeParameters parameters) throws Exception {
        return added(2, parameters, ofTable()).model().network().last().layer();
    }

    @Test
    void groupsOfColumnsAreInputsOfTheirOwn() throws Exception {
        assertThat(taken(columns(Columns.NUMBERS))).isEqualTo(new Layer.InputColumns(List.of(0, 3)));
        assertThat(taken(columns(Columns.TEXT))).isEqualTo(new Layer.InputColumns(List.of(1, 2)));
        assertThat(taken(columns(Columns.CHOSEN, "height", " color")))
                .isEqualTo(new Layer.InputColumns(List.of(1, 2, 3)));
        assertThat(taken(columns(Columns.CHOSEN, "height", "color", "height")))
                .isEqualTo(new Layer.InputColumns(List.of(1, 2, 3)));
        assertThat(added(2, columns(Columns.NUMBERS), ofTable())
                        .getSpec()
                        .model()
                        .preprocessing()
                        .encoding())
                .isEqualTo(ofTable().model().preprocessing().encoding());
    }

    @Test
    void aColumnThatIsMissingIsNamed() {
        assertThatThrownBy(() -> taken(columns(Columns.CHOSEN, "age", "weight")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The input should take the column weight, but the dataset has the columns age, color, height;"
                                + " correct the column names.");
        assertThatThrownBy(() -> taken(columns(Columns.CHOSEN)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("should take columns");
        assertThatThrownBy(() -> added(2, columns(Columns.NUMBERS), input(1, "4")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("connect the table's dataset to the port Dataset of the Model Builder");
    }

    private ModelPortObject built(final int number, final ModelBuilderNodeParameters parameters, final PortObject model)
            throws Exception {
        return (ModelPortObject) LoneNode.of(new ModelBuilderNodeFactory(), parameters)
                .with("Input model", ModelPortObject.TYPE)
                .numbered(number)
                .execute(stores, model)[0];
    }

    private ModelPortObject freeze(final int number, final Frozen frozen, final PortObject model) throws Exception {
        final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
        parameters.preset = Preset.FREEZE;
        parameters.transfer.frozen = frozen;
        parameters.transfer.lastFrozen = "dense";
        return built(number, parameters, model);
    }

    @Test
    void theModelBuilderGoesOnFromAModel() throws Exception {
        final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
        parameters.preset = Preset.CUSTOM;
        parameters.layers = new LayerParameters[] {LayerParameters.dense(3, ActivationFunction.NONE)};
        final ModelPortObject base = dense(2, 8, input(1, "4"));

        final ModelPortObject longer = built(3, parameters, base);

        assertThat(rows(longer)).containsExactly("dense 8 from [input] learns", "dense_1 3 from [dense] learns");
        assertThat(longer.model().weights().get("dense/kernel"))
                .isEqualTo(base.model().weights().get("dense/kernel"));
        assertThat(rows(added(5, join(Join.CONCATENATE), longer, base)))
                .contains("concatenate 11 from [dense_1, dense]");
    }

    @Test
    void aNewHeadIsPutOnWhatAModelHasLearned() throws Exception {
        final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
        parameters.preset = Preset.TRANSFER;
        parameters.classes = 5;
        final ModelPortObject model = dense(3, 10, dense(2, 8, input(1, "4")));

        final ModelPortObject transferred = built(4, parameters, model);

        assertThat(rows(transferred))
                .containsExactly("dense 8 from [input]", "dropout 8 from [dense]", "dense_1 5 from [dropout] learns");
        assertThat(transferred.model().weights().get("dense/kernel"))
                .isEqualTo(model.model().weights().get("dense/kernel"));

        parameters.transfer.kept = Kept.ALL;
        parameters.transfer.frozen = Frozen.UP_TO_A_LAYER;
        parameters.transfer.lastFrozen = "dense";
        assertThat(rows(built(4, parameters, model)))
                .containsExactly(
                        "dense 8 from [input]",
                        "dense_1 10 from [dense] learns",
                        "dropout 10 from [dense_1]",
                        "dense_2 5 from [dropout] learns");

        parameters.transfer.kept = Kept.UP_TO_A_LAYER;
        parameters.transfer.lastKept = "conv2d";
        assertThatThrownBy(() -> built(4, parameters, model))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The model has no layer conv2d; its layers are dense, dense_1.");
    }

    @Test
    void layersAreFrozenAndThawed() throws Exception {
        final ModelPortObject model = dense(3, 10, dense(2, 8, input(1, "4")));

        assertThat(rows(freeze(4, Frozen.ALL, model)))
                .containsExactly("dense 8 from [input]", "dense_1 10 from [dense]");
        final ModelPortObject first = freeze(4, Frozen.UP_TO_A_LAYER, model);
        assertThat(rows(first)).containsExactly("dense 8 from [input]", "dense_1 10 from [dense] learns");
        assertThat(freeze(5, Frozen.NONE, first).model()).isEqualTo(model.model());
    }

    @Test
    void whatNeedsAModelSaysSo() {
        final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
        parameters.preset = Preset.TRANSFER;

        assertThatThrownBy(() ->
                        LoneNode.of(new ModelBuilderNodeFactory(), parameters).configure())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("needs a model at the port Input model");
    }

    /** Nothing but what is connected says whether layers fit; the input shape of the dialog does not count then. */
    @Test
    void whatIsConnectedDecidesWhetherLayersFit() throws Exception {
        final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
        parameters.preset = Preset.RESIDUAL;
        parameters.blocks = 1;

        parameters.validate();
        assertThat(built(2, parameters, input(1, "8, 8, 1")).getSpec().network().output())
                .isEqualTo(Shape.of(10));
        assertThatThrownBy(() ->
                        LoneNode.of(new ModelBuilderNodeFactory(), parameters).configure())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("needs images of height x width x channels and 1 to 200 blocks per stage, but the"
                        + " samples have the shape 784");
    }

    /** 0.27 million parameters, as table 6 of the paper says, without the 1 x 1 convolutions. */
    @Test
    void theResidualNetworkHasTwentyLayers() throws Exception {
        final ModelBuilderNodeParameters parameters = new ModelBuilderNodeParameters();
        parameters.preset = Preset.RESIDUAL;
        parameters.inputShape = "32, 32, 3";

        final Network network = parameters.known().orElseThrow();

        assertThat(network.output()).isEqualTo(Shape.of(10));
        assertThat(network.parameterCount()).isBetween(270_000L, 275_500L);
        assertThat(network.layers().stream().filter(JoinLayer.Add.class::isInstance))
                .hasSize(9);
    }
}
