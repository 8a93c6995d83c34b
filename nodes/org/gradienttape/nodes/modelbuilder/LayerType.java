package org.gradienttape.nodes.modelbuilder;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageFrameLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.NoiseLayer;
import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.layer.SequenceLayer;
import org.gradienttape.layer.WrapperLayer;
import org.knime.node.parameters.widget.choices.Label;

/**
 * Keras' layers, and one's own, in groups of which the common ones come first. The names of the constants stand in saved
 * workflows. Each says which settings the dialog shows for it, and what they mean.
 */
enum LayerType {
    @Label("Dense")
    DENSE("Fully connected: activation(input x kernel + bias).", p -> p.dense(), Setting.DENSE, Setting.WEIGHTS),
    @Label("Conv2D")
    CONV_2D(
            "Slides filters over an image of height x width x channels.",
            p -> p.convolution.conv2D(p.weights.toConfig()),
            Setting.CONVOLUTION,
            Setting.FILTERS,
            Setting.DILATION,
            Setting.GROUPS,
            Setting.WEIGHTS),
    @Label("MaxPooling2D")
    MAX_POOLING_2D(
            "The largest number of each window, channel by channel.",
            p -> new ImageLayer.MaxPooling2D(p.pooling.window()),
            Setting.POOLING),
    @Label("Flatten")
    FLATTEN("All numbers of a sample in one row.", p -> new Layer.Flatten()),
    @Label("Dropout")
    DROPOUT(
            "While training, sets inputs to 0 at random and scales the others up to make up for it.",
            p -> new Layer.Dropout(p.rate),
            Setting.RATE),
    @Label("BatchNormalization")
    BATCH_NORMALIZATION(
            "Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.",
            p -> p.normalization.batch(),
            Setting.NORMALIZATION,
            Setting.MOMENTUM),
    @Label("ReLU")
    RELU("max(x, 0), element by element.", p -> new Layer.ReLU()),
    @Label("Java code")
    JAVA_CODE(
            "A layer of your own, written in Java: a template, or your changes to one. It is compiled when "
                    + "the node is executed, never before; it can compute, and reaches nothing else of this machine.",
            p -> {
                throw new IllegalStateException("its text is no layer yet");
            },
            Setting.OWN_LAYER),

    @Label("Conv2DTranspose")
    CONV_2D_TRANSPOSE(
            "The reverse of a convolution: the image grows by the strides.",
            p -> p.convolution.conv2DTranspose(p.weights.toConfig()),
            Setting.CONVOLUTION,
            Setting.FILTERS,
            Setting.WEIGHTS),
    @Label("DepthwiseConv2D")
    DEPTHWISE_CONV_2D(
            "Slides filters over each channel of an image alone.",
            p -> p.convolution.depthwiseConv2D(p.weights.toConfig()),
            Setting.CONVOLUTION,
            Setting.DEPTH_MULTIPLIER,
            Setting.DILATION,
            Setting.WEIGHTS),
    @Label("SeparableConv2D")
    SEPARABLE_CONV_2D(
            "Slides filters over each channel alone, then mixes the channels pixel by pixel.",
            p -> p.convolution.separableConv2D(p.weights.toConfig()),
            Setting.CONVOLUTION,
            Setting.FILTERS,
            Setting.DEPTH_MULTIPLIER,
            Setting.DILATION,
            Setting.WEIGHTS),
    @Label("AveragePooling2D")
    AVERAGE_POOLING_2D(
            "The mean of each window, channel by channel.",
            p -> new ImageLayer.AveragePooling2D(p.pooling.window()),
            Setting.POOLING),
    @Label("GlobalMaxPooling2D")
    GLOBAL_MAX_POOLING_2D("The largest number of each channel.", p -> new ImageLayer.GlobalMaxPooling2D()),
    @Label("GlobalAveragePooling2D")
    GLOBAL_AVERAGE_POOLING_2D("The mean of each channel.", p -> new ImageLayer.GlobalAveragePooling2D()),
    @Label("UpSampling2D")
    UP_SAMPLING_2D(
            "Makes an image larger: each row and each column several times.",
            p -> new ImageFrameLayer.UpSampling2D(p.frame.size()),
            Setting.FRAME,
            Setting.SIZE),
    @Label("ZeroPadding2D")
    ZERO_PADDING_2D(
            "Puts lines of zeros around an image.",
            p -> new ImageFrameLayer.ZeroPadding2D(p.frame.edges()),
            Setting.FRAME,
            Setting.EDGES),
    @Label("Cropping2D")
    CROPPING_2D(
            "Takes lines away at the edges of an image.",
            p -> new ImageFrameLayer.Cropping2D(p.frame.edges()),
            Setting.FRAME,
            Setting.EDGES),
    @Label("SpatialDropout2D")
    SPATIAL_DROPOUT_2D(
            "While training, sets whole channels to 0 at random and scales the others up.",
            p -> new NoiseLayer.SpatialDropout2D(p.rate),
            Setting.RATE),

    @Label("RandomFlip")
    RANDOM_FLIP(
            "While training, turns half of the images round.",
            p -> p.augmentation.flip(),
            Setting.AUGMENTATION,
            Setting.FLIP),
    @Label("RandomTranslation")
    RANDOM_TRANSLATION(
            "While training, moves each image at random.",
            p -> p.augmentation.translation(),
            Setting.AUGMENTATION,
            Setting.BOTH_FACTORS,
            Setting.FILL),
    @Label("RandomRotation")
    RANDOM_ROTATION(
            "While training, turns each image about its middle at random.",
            p -> p.augmentation.rotation(),
            Setting.AUGMENTATION,
            Setting.FACTOR,
            Setting.FILL),
    @Label("RandomZoom")
    RANDOM_ZOOM(
            "While training, shows more or less of each image at random.",
            p -> p.augmentation.zoom(),
            Setting.AUGMENTATION,
            Setting.BOTH_FACTORS,
            Setting.FILL),
    @Label("RandomContrast")
    RANDOM_CONTRAST(
            "While training, brings the pixels of each image nearer to their mean or farther from it.",
            p -> p.augmentation.contrast(),
            Setting.AUGMENTATION,
            Setting.FACTOR,
            Setting.RANGE),

    @Label("Embedding")
    EMBEDDING(
            "Turns whole numbers, such as those of words, into rows of numbers that are learned.",
            p -> p.embedding.toConfig(),
            Setting.EMBEDDING),
    @Label("LSTM")
    LSTM(
            "Long short-term memory: goes along a sequence and keeps what its gates let in.",
            p -> p.recurrent.lstm(p.weights.toConfig()),
            Setting.RECURRENT,
            Setting.GATES,
            Setting.FORGET_GATE,
            Setting.WEIGHTS),
    @Label("GRU")
    GRU(
            "Gated recurrent unit: like LSTM with fewer weights.",
            p -> p.recurrent.gru(p.weights.toConfig()),
            Setting.RECURRENT,
            Setting.GATES,
            Setting.WEIGHTS),
    @Label("SimpleRNN")
    SIMPLE_RNN(
            "Goes along a sequence; each step sees the input and the output of the step before.",
            p -> p.recurrent.simpleRnn(p.weights.toConfig()),
            Setting.RECURRENT,
            Setting.WEIGHTS),
    @Label("Bidirectional")
    BIDIRECTIONAL(
            "A recurrent layer that goes along a sequence in both directions.",
            p -> p.recurrent.bidirectional(p.weights.toConfig()),
            Setting.RECURRENT,
            Setting.BOTH_WAYS,
            Setting.GATES,
            Setting.FORGET_GATE,
            Setting.WEIGHTS),
    @Label("MultiHeadAttention")
    MULTI_HEAD_ATTENTION(
            "Each step of a sequence looks at the others, in several ways at once.",
            p -> p.attention.toConfig(p.weights.toConfig()),
            Setting.ATTENTION,
            Setting.WEIGHTS),
    @Label("Masking")
    MASKING(
            "Steps in which all features are a certain number do not count for the layers behind it.",
            p -> new MaskingLayer.Masking(p.maskValue),
            Setting.MASK_VALUE),
    @Label("Conv1D")
    CONV_1D(
            "Slides filters along a sequence of steps x features.",
            p -> p.sequence.conv1D(p.weights.toConfig()),
            Setting.SEQUENCE,
            Setting.SEQUENCE_FILTERS,
            Setting.SEQUENCE_DILATION,
            Setting.WEIGHTS),
    @Label("Conv1DTranspose")
    CONV_1D_TRANSPOSE(
            "The reverse of Conv1D: the sequence grows by the strides.",
            p -> p.sequence.conv1DTranspose(p.weights.toConfig()),
            Setting.SEQUENCE,
            Setting.SEQUENCE_FILTERS,
            Setting.WEIGHTS),
    @Label("MaxPooling1D")
    MAX_POOLING_1D(
            "The largest number of each window of a sequence.",
            p -> p.sequence.maxPooling1D(),
            Setting.SEQUENCE,
            Setting.SEQUENCE_POOLING),
    @Label("AveragePooling1D")
    AVERAGE_POOLING_1D(
            "The mean of each window of a sequence.",
            p -> p.sequence.averagePooling1D(),
            Setting.SEQUENCE,
            Setting.SEQUENCE_POOLING),
    @Label("GlobalMaxPooling1D")
    GLOBAL_MAX_POOLING_1D(
            "The largest number of each feature of a sequence.", p -> new SequenceLayer.GlobalMaxPooling1D()),
    @Label("GlobalAveragePooling1D")
    GLOBAL_AVERAGE_POOLING_1D(
            "The mean of each feature of a sequence.", p -> new SequenceLayer.GlobalAveragePooling1D()),

    @Label("Reshape")
    RESHAPE(
            "The same numbers in another shape.",
            p -> new Layer.Reshape(ShapeText.parse(p.targetShape, "target shape of Reshape")),
            Setting.TARGET_SHAPE),
    @Label("Rescaling")
    RESCALING(
            "Multiplies by a number and adds another.",
            p -> new ScalingLayer.Rescaling(p.scaling.scale, p.scaling.offset),
            Setting.SCALING,
            Setting.FACTORS),
    @Label("Normalization")
    NORMALIZATION(
            "Brings features to mean 0 and variance 1 by means and variances that are given.",
            p -> p.scaling.normalization(),
            Setting.SCALING,
            Setting.STATISTICS),
    @Label("LayerNormalization")
    LAYER_NORMALIZATION(
            "Brings the numbers along the last axis to mean 0 and variance 1, then scales and shifts them.",
            p -> p.normalization.layer(),
            Setting.NORMALIZATION),
    @Label("GroupNormalization")
    GROUP_NORMALIZATION(
            "Brings groups of channels to mean 0 and variance 1, then scales and shifts each channel.",
            p -> p.normalization.group(),
            Setting.NORMALIZATION,
            Setting.CHANNEL_GROUPS),
    @Label("ActivityRegularization")
    ACTIVITY_REGULARIZATION(
            "Passes its input on and adds a penalty for large numbers to the loss, averaged over the samples of the batch.",
            p -> new Layer.ActivityRegularization(p.l1, p.l2),
            Setting.PENALTY),
    @Label("GaussianNoise")
    GAUSSIAN_NOISE(
            "While training, adds random numbers of a normal distribution.",
            p -> new NoiseLayer.GaussianNoise(p.stddev),
            Setting.STDDEV),

    @Label("LeakyReLU")
    LEAKY_RELU(
            "x where it is above 0, a small part of it elsewhere.",
            p -> new ActivationLayer.LeakyReLU(p.negativeSlope),
            Setting.NEGATIVE_SLOPE),
    @Label("PReLU")
    PRELU("x where it is above 0, a part of it that is learned elsewhere.", p -> p.prelu(), Setting.SHARED_AXES),
    @Label("ELU")
    ELU("x where it is above 0, alpha (exp(x) - 1) elsewhere.", p -> new ActivationLayer.ELU(p.alpha), Setting.ALPHA),
    @Label("GELU")
    GELU(
            "x times the normal distribution's cumulative probability of x.",
            p -> new ActivationLayer.GELU(p.approximate),
            Setting.APPROXIMATE),
    @Label("SiLU")
    SILU("x times sigmoid(x).", p -> new ActivationLayer.SiLU()),
    @Label("Sigmoid")
    SIGMOID("1 / (1 + exp(-x)): numbers between 0 and 1.", p -> new ActivationLayer.Sigmoid()),
    @Label("Tanh")
    TANH("The hyperbolic tangent: numbers between -1 and 1.", p -> new ActivationLayer.Tanh()),
    @Label("Softmax")
    SOFTMAX("Probabilities that sum to 1 along the last axis.", p -> new ActivationLayer.Softmax());

    /** What the dialog can show for a layer: a field, or several that belong together. */
    enum Setting {
        DENSE,
        WEIGHTS,
        CONVOLUTION,
        FILTERS,
        DILATION,
        GROUPS,
        DEPTH_MULTIPLIER,
        POOLING,
        FRAME,
        SIZE,
        EDGES,
        SEQUENCE,
        SEQUENCE_FILTERS,
        SEQUENCE_DILATION,
        SEQUENCE_POOLING,
        RECURRENT,
        GATES,
        FORGET_GATE,
        BOTH_WAYS,
        EMBEDDING,
        ATTENTION,
        MASK_VALUE,
        RATE,
        STDDEV,
        NORMALIZATION,
        MOMENTUM,
        CHANNEL_GROUPS,
        SCALING,
        FACTORS,
        STATISTICS,
        AUGMENTATION,
        FLIP,
        FACTOR,
        BOTH_FACTORS,
        FILL,
        RANGE,
        TARGET_SHAPE,
        PENALTY,
        NEGATIVE_SLOPE,
        SHARED_AXES,
        ALPHA,
        APPROXIMATE,
        OWN_LAYER,
        FOR_EACH_STEP
    }

    private final String explanation;
    private final Function<LayerParameters, Layer> layer;
    private final Set<Setting> settings;

    /**
     * @param explanation what the layer does, for the dialog
     * @param layer made of the settings
     * @param settings those that the dialog shows
     */
    LayerType(final String explanation, final Function<LayerParameters, Layer> layer, final Setting... settings) {
        this.explanation = explanation;
        this.layer = layer;
        this.settings = EnumSet.noneOf(Setting.class);
        this.settings.addAll(Set.of(settings));
    }

    /** What the layer does, in a sentence. */
    String explanation() {
        return explanation;
    }

    /** Its name in the dialog: Keras'. */
    String title() {
        try {
            return LayerType.class.getField(name()).getAnnotation(Label.class).value();
        } catch (final NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The layer that the dialog describes. */
    Layer layer(final LayerParameters parameters) {
        final Layer made = layer.apply(parameters);
        return parameters.forEachStep && shows(Setting.FOR_EACH_STEP) ? new WrapperLayer.TimeDistributed(made) : made;
    }

    boolean shows(final Setting setting) {
        return setting == Setting.FOR_EACH_STEP ? takesSingleSteps() : settings.contains(setting);
    }

    /** Whether TimeDistributed can wrap it. */
    private boolean takesSingleSteps() {
        return switch (this) {
            case JAVA_CODE, MULTI_HEAD_ATTENTION, MASKING, ACTIVITY_REGULARIZATION -> false;
            default -> true;
        };
    }
}
