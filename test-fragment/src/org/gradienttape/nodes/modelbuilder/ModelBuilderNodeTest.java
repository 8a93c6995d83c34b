package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.AugmentationLayer;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Edges;
import org.gradienttape.layer.ImageFrameLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
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

    @Test
    void recurrentLayersTakeTheirNumbers() {
        final LayerParameters layer = layer(LayerType.LSTM);
        layer.recurrent.units = 5;
        layer.recurrent.activation = ActivationFunction.RELU;
        layer.recurrent.recurrentActivation = ActivationFunction.TANH;
        layer.recurrent.useBias = false;
        layer.recurrent.unitForgetBias = false;
        layer.recurrent.dropout = 0.1;
        layer.recurrent.recurrentDropout = 0.2;
        layer.recurrent.returnSequences = true;
        layer.recurrent.goBackwards = true;
        layer.recurrent.recurrentInitializer = StartingNumbers.GLOROT_NORMAL;

        final Initializer initializer = Initializer.GLOROT_NORMAL;
        assertThat(layer.toConfig())
                .isEqualTo(new RecurrentLayer.LSTM(
                        5,
                        Activation.RELU,
                        Activation.TANH,
                        false,
                        false,
                        0.1,
                        0.2,
                        true,
                        true,
                        initializer,
                        WeightSettings.DEFAULT));
        layer.type = LayerType.GRU;
        assertThat(layer.toConfig())
                .isEqualTo(new RecurrentLayer.GRU(
                        5,
                        Activation.RELU,
                        Activation.TANH,
                        false,
                        0.1,
                        0.2,
                        true,
                        true,
                        initializer,
                        WeightSettings.DEFAULT));
        layer.type = LayerType.SIMPLE_RNN;
        assertThat(layer.toConfig())
                .isEqualTo(new RecurrentLayer.SimpleRNN(
                        5, Activation.RELU, false, 0.1, 0.2, true, true, initializer, WeightSettings.DEFAULT));
    }

    @Test
    void layersOfWordsAndBothDirectionsTakeTheirNumbers() {
        final LayerParameters layer = layer(LayerType.EMBEDDING);
        layer.embedding.inputDimension = 7;
        layer.embedding.outputDimension = 3;
        layer.embedding.maskZero = true;
        layer.embedding.initializer = StartingNumbers.HE_NORMAL;
        layer.embedding.l1 = 0.1;
        layer.embedding.l2 = 0.2;
        layer.attention.heads = 4;
        layer.attention.keySize = 5;
        layer.attention.valueSize = 6;
        layer.attention.dropout = 0.3;
        layer.attention.useBias = false;
        layer.attention.causal = true;
        layer.maskValue = -1;
        layer.recurrent.wrapped = RecurrentParameters.Wrapped.GRU;
        layer.recurrent.mergeMode = RecurrentParameters.Merging.MUL;

        assertThat(layer.toConfig())
                .isEqualTo(new MaskingLayer.Embedding(7, 3, Initializer.HE_NORMAL, new Penalty(0.1, 0.2), true));
        layer.type = LayerType.MULTI_HEAD_ATTENTION;
        assertThat(layer.toConfig())
                .isEqualTo(new AttentionLayer.MultiHeadAttention(4, 5, 6, 0.3, false, true, WeightSettings.DEFAULT));
        layer.type = LayerType.MASKING;
        assertThat(layer.toConfig()).isEqualTo(new MaskingLayer.Masking(-1));
        layer.type = LayerType.GRU;
        final Layer gru = layer.toConfig();
        layer.type = LayerType.BIDIRECTIONAL;
        assertThat(layer.toConfig()).isEqualTo(new WrapperLayer.Bidirectional(gru, WrapperLayer.MergeMode.MUL));
    }

    /** The switch is shown for those layers that TimeDistributed wraps, and counts for these alone. */
    @Test
    void aLayerIsCalledForEachStepWhereThatCanBe() {
        for (final LayerType type : LayerType.values()) {
            final LayerParameters layer = layer(type);
            if (type != LayerType.JAVA_CODE) {
                final Layer alone = layer.toConfig();
                final boolean isShown = type.shows(LayerType.Setting.FOR_EACH_STEP);
                layer.forEachStep = true;

                assertThat(layer.toConfig()).isEqualTo(isShown ? new WrapperLayer.TimeDistributed(alone) : alone);
                if (!isShown) {
                    assertThatThrownBy(() -> new WrapperLayer.TimeDistributed(alone))
                            .as("%s", type)
                            .hasMessageStartingWith("TimeDistributed wraps a layer that computes each step by itself");
                }
            }
        }
        assertThat(LayerType.JAVA_CODE.shows(LayerType.Setting.FOR_EACH_STEP)).isFalse();
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
    void kindsOfConvolutionsTakeTheirNumbers() {
        final LayerParameters convolution = layer(LayerType.CONV_2D);
        convolution.convolution.filters = 8;
        convolution.convolution.dilationHeight = 2;
        convolution.convolution.dilationWidth = 3;
        convolution.convolution.groups = 4;
        convolution.convolution.depthMultiplier = 5;
        convolution.weights.kernelInitializer = StartingNumbers.HE_NORMAL;
        convolution.weights.biasInitializer = StartingNumbers.ONES;
        convolution.weights.kernelL1 = 0.1;
        convolution.weights.kernelL2 = 0.2;
        convolution.weights.biasL1 = 0.3;
        convolution.weights.biasL2 = 0.4;
        convolution.weights.activityL1 = 0.5;
        convolution.weights.activityL2 = 0.6;

        final Window window = Window.square(3, 1, Padding.VALID);
        final Size dilation = new Size(2, 3);
        final WeightSettings settings = new WeightSettings(
                Initializer.HE_NORMAL,
                Initializer.ONES,
                new Penalty(0.1, 0.2),
                new Penalty(0.3, 0.4),
                new Penalty(0.5, 0.6));
        assertThat(convolution.toConfig())
                .isEqualTo(new ImageLayer.Conv2D(8, window, dilation, 4, Activation.NONE, true, settings));
        convolution.type = LayerType.CONV_2D_TRANSPOSE;
        assertThat(convolution.toConfig())
                .isEqualTo(new ImageLayer.Conv2DTranspose(8, window, Activation.NONE, true, settings));
        convolution.type = LayerType.DEPTHWISE_CONV_2D;
        assertThat(convolution.toConfig())
                .isEqualTo(new ImageLayer.DepthwiseConv2D(window, 5, dilation, Activation.NONE, true, settings));
        convolution.type = LayerType.SEPARABLE_CONV_2D;
        assertThat(convolution.toConfig())
                .isEqualTo(new ImageLayer.SeparableConv2D(8, window, 5, dilation, Activation.NONE, true, settings));
        convolution.type = LayerType.DENSE;
        assertThat(convolution.toConfig()).isEqualTo(new Layer.Dense(64, Activation.NONE, true, settings));
    }

    @Test
    void layersOfSequencesTakeTheirNumbers() {
        final LayerParameters layer = layer(LayerType.CONV_1D);
        layer.sequence.filters = 8;
        layer.sequence.kernelSize = 5;
        layer.sequence.stride = 1;
        layer.sequence.padding = SequenceParameters.Ends.CAUSAL;
        layer.sequence.dilationRate = 3;
        layer.sequence.groups = 2;
        layer.sequence.activation = ActivationFunction.TANH;
        layer.sequence.useBias = false;
        layer.sequence.poolSize = 4;
        layer.sequence.poolStride = 3;

        assertThat(layer.toConfig())
                .isEqualTo(new SequenceLayer.Conv1D(
                        8, 5, 1, Padding.CAUSAL, 3, 2, Activation.TANH, false, WeightSettings.DEFAULT));
        layer.type = LayerType.CONV_1D_TRANSPOSE;
        layer.sequence.padding = SequenceParameters.Ends.SAME;
        assertThat(layer.toConfig())
                .isEqualTo(new SequenceLayer.Conv1DTranspose(
                        8, 5, 1, Padding.SAME, Activation.TANH, false, WeightSettings.DEFAULT));
        layer.type = LayerType.MAX_POOLING_1D;
        assertThat(layer.toConfig()).isEqualTo(new SequenceLayer.MaxPooling1D(4, 3, Padding.SAME));
        layer.type = LayerType.AVERAGE_POOLING_1D;
        assertThat(layer.toConfig()).isEqualTo(new SequenceLayer.AveragePooling1D(4, 3, Padding.SAME));
    }

    @Test
    void framesNoiseAndScalingTakeTheirNumbers() {
        final LayerParameters layer = layer(LayerType.UP_SAMPLING_2D);
        layer.frame.rows = 3;
        layer.frame.columns = 4;
        layer.frame.top = 0;
        layer.frame.bottom = 1;
        layer.frame.left = 2;
        layer.frame.right = 3;
        layer.rate = 0.2;
        layer.stddev = 0.3;
        layer.scaling.scale = 2;
        layer.scaling.offset = -1;
        layer.scaling.mean = "0.5, -1";
        layer.scaling.variance = "2,3";
        layer.scaling.invert = true;
        layer.normalization.groups = 4;
        layer.sharedAxes = "1, 2";

        assertThat(layer.toConfig()).isEqualTo(new ImageFrameLayer.UpSampling2D(new Size(3, 4)));
        layer.type = LayerType.ZERO_PADDING_2D;
        assertThat(layer.toConfig()).isEqualTo(new ImageFrameLayer.ZeroPadding2D(new Edges(0, 1, 2, 3)));
        layer.type = LayerType.CROPPING_2D;
        assertThat(layer.toConfig()).isEqualTo(new ImageFrameLayer.Cropping2D(new Edges(0, 1, 2, 3)));
        layer.type = LayerType.SPATIAL_DROPOUT_2D;
        assertThat(layer.toConfig()).isEqualTo(new NoiseLayer.SpatialDropout2D(0.2));
        layer.type = LayerType.GAUSSIAN_NOISE;
        assertThat(layer.toConfig()).isEqualTo(new NoiseLayer.GaussianNoise(0.3));
        layer.type = LayerType.RESCALING;
        assertThat(layer.toConfig()).isEqualTo(new ScalingLayer.Rescaling(2, -1));
        layer.type = LayerType.NORMALIZATION;
        assertThat(layer.toConfig())
                .isEqualTo(new ScalingLayer.Normalization(List.of(0.5, -1.0), List.of(2.0, 3.0), true));
        layer.type = LayerType.GROUP_NORMALIZATION;
        assertThat(layer.toConfig()).isEqualTo(new NormalizationLayer.GroupNormalization(4, 1e-3, true, true));
        layer.type = LayerType.PRELU;
        assertThat(layer.toConfig()).isEqualTo(new ActivationLayer.PReLU(Initializer.ZEROS, List.of(1, 2)));
    }

    @Test
    void augmentationsTakeTheirNumbers() {
        final LayerParameters layer = layer(LayerType.RANDOM_FLIP);
        layer.augmentation.mode = AugmentationParameters.Flip.VERTICAL;
        layer.augmentation.factor = 0.2;
        layer.augmentation.heightFactor = 0.3;
        layer.augmentation.widthFactor = 0.4;
        layer.augmentation.fillMode = AugmentationParameters.Fill.WRAP;
        layer.augmentation.fillValue = 0.5;
        layer.augmentation.smallest = -1;
        layer.augmentation.largest = 1;

        final AugmentationLayer.Fill fill = AugmentationLayer.Fill.WRAP;
        assertThat(layer.toConfig()).isEqualTo(new AugmentationLayer.RandomFlip(AugmentationLayer.Flip.VERTICAL));
        layer.type = LayerType.RANDOM_TRANSLATION;
        assertThat(layer.toConfig()).isEqualTo(new AugmentationLayer.RandomTranslation(0.3, 0.4, fill, 0.5));
        layer.type = LayerType.RANDOM_ROTATION;
        assertThat(layer.toConfig()).isEqualTo(new AugmentationLayer.RandomRotation(0.2, fill, 0.5));
        layer.type = LayerType.RANDOM_ZOOM;
        assertThat(layer.toConfig()).isEqualTo(new AugmentationLayer.RandomZoom(0.3, 0.4, fill, 0.5));
        layer.type = LayerType.RANDOM_CONTRAST;
        assertThat(layer.toConfig()).isEqualTo(new AugmentationLayer.RandomContrast(0.2, -1, 1));
    }

    @Test
    void whatIsNoListOfNumbersIsRefused() {
        final LayerParameters layer = layer(LayerType.NORMALIZATION);
        layer.scaling.mean = "a";

        assertThatThrownBy(layer::toConfig)
                .hasMessage("The mean of Normalization must be numbers with commas between them, such as \"0.5, 1.25\","
                        + " but it is \"a\"; correct it.");
    }

    /** Fails when a new layer is left out of the dialog. */
    @Test
    void everyLayerCanBeChosen() {
        assertThat(Stream.of(LayerType.values())
                        .filter(type -> type != LayerType.JAVA_CODE)
                        .<Class<?>>map(type -> layer(type).toConfig().getClass()))
                .containsExactlyInAnyOrderElementsOf(kinds(Layer.class)
                        .filter(kind -> kind != CodeLayer.class
                                && kind != Layer.InputColumns.class
                                && kind != WrapperLayer.TimeDistributed.class // a switch of the others
                                && !JoinLayer.class.isAssignableFrom(kind))
                        .toList());
    }

    /** Fails when a setting is shown for no layer. */
    @ParameterizedTest
    @EnumSource(LayerType.Setting.class)
    void everySettingIsShownForALayer(final LayerType.Setting setting) {
        assertThat(LayerType.values()).anyMatch(type -> type.shows(setting));
    }

    private static Stream<Class<?>> kinds(final Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ModelBuilderNodeTest::kinds)
                : Stream.of(type);
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

    private static LayerParameters layer(final LayerType type) {
        final LayerParameters layer = new LayerParameters();
        layer.type = type;
        return layer;
    }
}
