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
import org.knime.node.parameters.widget.choices.Label;

/**
 * Keras' layers, and one's own, in groups of which the common ones come first. The names of the constants stand in saved
 * workflows. Each says which settings the dialog shows for it, and what they mean.
 */
enum LayerType {
    @Label(value = "Dense", description = "Fully connected: activation(input x kernel + bias).")
    DENSE(p -> p.dense(), Setting.DENSE, Setting.WEIGHTS),
    @Label(value = "Conv2D", description = "Slides filters over an image of height x width x channels.")
    CONV_2D(
            p -> p.convolution.conv2D(p.weights.toConfig()),
            Setting.CONVOLUTION,
            Setting.FILTERS,
            Setting.DILATION,
            Setting.GROUPS,
            Setting.WEIGHTS),
    @Label(value = "MaxPooling2D", description = "The largest number of each window, channel by channel.")
    MAX_POOLING_2D(p -> new ImageLayer.MaxPooling2D(p.pooling.window()), Setting.POOLING),
    @Label(value = "Flatten", description = "All numbers of a sample in one row.")
    FLATTEN(p -> new Layer.Flatten()),
    @Label(
            value = "Dropout",
            description = "While training, sets inputs to 0 at random and scales the others up to make up for it.")
    DROPOUT(p -> new Layer.Dropout(p.rate), Setting.RATE),
    @Label(
            value = "BatchNormalization",
            description = "Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.")
    BATCH_NORMALIZATION(p -> p.normalization.batch(), Setting.NORMALIZATION, Setting.MOMENTUM),
    @Label(value = "ReLU", description = "max(x, 0), element by element.")
    RELU(p -> new Layer.ReLU()),
    @Label(
            value = "Java code",
            description =
                    "A layer of your own, written in Java: a template, or your changes to one. It is compiled when the"
                            + " node is executed, never before; it can compute, and reaches nothing else of this machine.")
    JAVA_CODE(
            p -> {
                throw new IllegalStateException("its text is no layer yet");
            },
            Setting.OWN_LAYER),

    @Label(value = "Conv2DTranspose", description = "The reverse of a convolution: the image grows by the strides.")
    CONV_2D_TRANSPOSE(
            p -> p.convolution.conv2DTranspose(p.weights.toConfig()),
            Setting.CONVOLUTION,
            Setting.FILTERS,
            Setting.WEIGHTS),
    @Label(value = "DepthwiseConv2D", description = "Slides filters over each channel of an image alone.")
    DEPTHWISE_CONV_2D(
            p -> p.convolution.depthwiseConv2D(p.weights.toConfig()),
            Setting.CONVOLUTION,
            Setting.DEPTH_MULTIPLIER,
            Setting.DILATION,
            Setting.WEIGHTS),
    @Label(
            value = "SeparableConv2D",
            description = "Slides filters over each channel alone, then mixes the channels pixel by pixel.")
    SEPARABLE_CONV_2D(
            p -> p.convolution.separableConv2D(p.weights.toConfig()),
            Setting.CONVOLUTION,
            Setting.FILTERS,
            Setting.DEPTH_MULTIPLIER,
            Setting.DILATION,
            Setting.WEIGHTS),
    @Label(value = "AveragePooling2D", description = "The mean of each window, channel by channel.")
    AVERAGE_POOLING_2D(p -> new ImageLayer.AveragePooling2D(p.pooling.window()), Setting.POOLING),
    @Label(value = "GlobalMaxPooling2D", description = "The largest number of each channel.")
    GLOBAL_MAX_POOLING_2D(p -> new ImageLayer.GlobalMaxPooling2D()),
    @Label(value = "GlobalAveragePooling2D", description = "The mean of each channel.")
    GLOBAL_AVERAGE_POOLING_2D(p -> new ImageLayer.GlobalAveragePooling2D()),
    @Label(value = "UpSampling2D", description = "Makes an image larger: each row and each column several times.")
    UP_SAMPLING_2D(p -> new ImageFrameLayer.UpSampling2D(p.frame.size()), Setting.FRAME, Setting.SIZE),
    @Label(value = "ZeroPadding2D", description = "Puts lines of zeros around an image.")
    ZERO_PADDING_2D(p -> new ImageFrameLayer.ZeroPadding2D(p.frame.edges()), Setting.FRAME, Setting.EDGES),
    @Label(value = "Cropping2D", description = "Takes lines away at the edges of an image.")
    CROPPING_2D(p -> new ImageFrameLayer.Cropping2D(p.frame.edges()), Setting.FRAME, Setting.EDGES),
    @Label(
            value = "SpatialDropout2D",
            description = "While training, sets whole channels to 0 at random and scales the others up.")
    SPATIAL_DROPOUT_2D(p -> new NoiseLayer.SpatialDropout2D(p.rate), Setting.RATE),

    @Label(value = "RandomFlip", description = "While training, turns half of the images round.")
    RANDOM_FLIP(p -> p.augmentation.flip(), Setting.AUGMENTATION, Setting.FLIP),
    @Label(value = "RandomTranslation", description = "While training, moves each image at random.")
    RANDOM_TRANSLATION(p -> p.augmentation.translation(), Setting.AUGMENTATION, Setting.BOTH_FACTORS, Setting.FILL),
    @Label(value = "RandomRotation", description = "While training, turns each image about its middle at random.")
    RANDOM_ROTATION(p -> p.augmentation.rotation(), Setting.AUGMENTATION, Setting.FACTOR, Setting.FILL),
    @Label(value = "RandomZoom", description = "While training, shows more or less of each image at random.")
    RANDOM_ZOOM(p -> p.augmentation.zoom(), Setting.AUGMENTATION, Setting.BOTH_FACTORS, Setting.FILL),
    @Label(
            value = "RandomContrast",
            description = "While training, brings the pixels of each image nearer to their mean or farther from it.")
    RANDOM_CONTRAST(p -> p.augmentation.contrast(), Setting.AUGMENTATION, Setting.FACTOR, Setting.RANGE),

    @Label(
            value = "Embedding",
            description = "Turns whole numbers, such as those of words, into rows of numbers that are learned.")
    EMBEDDING(p -> p.embedding.toConfig(), Setting.EMBEDDING),
    @Label(
            value = "LSTM",
            description = "Long short-term memory: goes along a sequence and keeps what its gates let in.")
    LSTM(
            p -> p.recurrent.lstm(p.weights.toConfig()),
            Setting.RECURRENT,
            Setting.GATES,
            Setting.FORGET_GATE,
            Setting.WEIGHTS),
    @Label(value = "GRU", description = "Gated recurrent unit: like LSTM with fewer weights.")
    GRU(p -> p.recurrent.gru(p.weights.toConfig()), Setting.RECURRENT, Setting.GATES, Setting.WEIGHTS),
    @Label(
            value = "SimpleRNN",
            description = "Goes along a sequence; each step sees the input and the output of the step before.")
    SIMPLE_RNN(p -> p.recurrent.simpleRnn(p.weights.toConfig()), Setting.RECURRENT, Setting.WEIGHTS),
    @Label(value = "Bidirectional", description = "A recurrent layer that goes along a sequence in both directions.")
    BIDIRECTIONAL(
            p -> p.recurrent.bidirectional(p.weights.toConfig()),
            Setting.RECURRENT,
            Setting.BOTH_WAYS,
            Setting.GATES,
            Setting.FORGET_GATE,
            Setting.WEIGHTS),
    @Label(
            value = "MultiHeadAttention",
            description = "Each step of a sequence looks at the others, in several ways at once.")
    MULTI_HEAD_ATTENTION(p -> p.attention.toConfig(p.weights.toConfig()), Setting.ATTENTION, Setting.WEIGHTS),
    @Label(
            value = "Masking",
            description = "Steps in which all features are a certain number do not count for the layers behind it.")
    MASKING(p -> new MaskingLayer.Masking(p.maskValue), Setting.MASK_VALUE),
    @Label(value = "Conv1D", description = "Slides filters along a sequence of steps x features.")
    CONV_1D(
            p -> p.sequence.conv1D(p.weights.toConfig()),
            Setting.SEQUENCE,
            Setting.SEQUENCE_FILTERS,
            Setting.SEQUENCE_DILATION,
            Setting.WEIGHTS),
    @Label(value = "Conv1DTranspose", description = "The reverse of Conv1D: the sequence grows by the strides.")
    CONV_1D_TRANSPOSE(
            p -> p.sequence.conv1DTranspose(p.weights.toConfig()),
            Setting.SEQUENCE,
            Setting.SEQUENCE_FILTERS,
            Setting.WEIGHTS),
    @Label(value = "MaxPooling1D", description = "The largest number of each window of a sequence.")
    MAX_POOLING_1D(p -> p.sequence.maxPooling1D(), Setting.SEQUENCE, Setting.SEQUENCE_POOLING),
    @Label(value = "AveragePooling1D", description = "The mean of each window of a sequence.")
    AVERAGE_POOLING_1D(p -> p.sequence.averagePooling1D(), Setting.SEQUENCE, Setting.SEQUENCE_POOLING),
    @Label(value = "GlobalMaxPooling1D", description = "The largest number of each feature of a sequence.")
    GLOBAL_MAX_POOLING_1D(p -> new SequenceLayer.GlobalMaxPooling1D()),
    @Label(value = "GlobalAveragePooling1D", description = "The mean of each feature of a sequence.")
    GLOBAL_AVERAGE_POOLING_1D(p -> new SequenceLayer.GlobalAveragePooling1D()),

    @Label(value = "Reshape", description = "The same numbers in another shape.")
    RESHAPE(p -> new Layer.Reshape(ShapeText.parse(p.targetShape, "target shape of Reshape")), Setting.TARGET_SHAPE),
    @Label(value = "Rescaling", description = "Multiplies by a number and adds another.")
    RESCALING(p -> new ScalingLayer.Rescaling(p.scaling.scale, p.scaling.offset), Setting.SCALING, Setting.FACTORS),
    @Label(
            value = "Normalization",
            description = "Brings features to mean 0 and variance 1 by means and variances that are given.")
    NORMALIZATION(p -> p.scaling.normalization(), Setting.SCALING, Setting.STATISTICS),
    @Label(
            value = "LayerNormalization",
            description =
                    "Brings the numbers along the last axis to mean 0 and variance 1, then scales and shifts them.")
    LAYER_NORMALIZATION(p -> p.normalization.layer(), Setting.NORMALIZATION),
    @Label(
            value = "GroupNormalization",
            description = "Brings groups of channels to mean 0 and variance 1, then scales and shifts each channel.")
    GROUP_NORMALIZATION(p -> p.normalization.group(), Setting.NORMALIZATION, Setting.CHANNEL_GROUPS),
    @Label(
            value = "ActivityRegularization",
            description =
                    "Passes its input on and adds a penalty for large numbers to the loss, summed over the" + " batch.")
    ACTIVITY_REGULARIZATION(p -> new Layer.ActivityRegularization(p.l1, p.l2), Setting.PENALTY),
    @Label(value = "GaussianNoise", description = "While training, adds random numbers of a normal distribution.")
    GAUSSIAN_NOISE(p -> new NoiseLayer.GaussianNoise(p.stddev), Setting.STDDEV),

    @Label(value = "LeakyReLU", description = "x where it is above 0, a small part of it elsewhere.")
    LEAKY_RELU(p -> new ActivationLayer.LeakyReLU(p.negativeSlope), Setting.NEGATIVE_SLOPE),
    @Label(value = "PReLU", description = "x where it is above 0, a part of it that is learned elsewhere.")
    PRELU(p -> p.prelu(), Setting.SHARED_AXES),
    @Label(value = "ELU", description = "x where it is above 0, alpha (exp(x) - 1) elsewhere.")
    ELU(p -> new ActivationLayer.ELU(p.alpha), Setting.ALPHA),
    @Label(value = "GELU", description = "x times the normal distribution's cumulative probability of x.")
    GELU(p -> new ActivationLayer.GELU(p.approximate), Setting.APPROXIMATE),
    @Label(value = "SiLU", description = "x times sigmoid(x).")
    SILU(p -> new ActivationLayer.SiLU()),
    @Label(value = "Sigmoid", description = "1 / (1 + exp(-x)): numbers between 0 and 1.")
    SIGMOID(p -> new ActivationLayer.Sigmoid()),
    @Label(value = "Tanh", description = "The hyperbolic tangent: numbers between -1 and 1.")
    TANH(p -> new ActivationLayer.Tanh()),
    @Label(value = "Softmax", description = "Probabilities that sum to 1 along the last axis.")
    SOFTMAX(p -> new ActivationLayer.Softmax());

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
        OWN_LAYER
    }

    private final Function<LayerParameters, Layer> layer;
    private final Set<Setting> settings;

    LayerType(final Function<LayerParameters, Layer> layer, final Setting... settings) {
        this.layer = layer;
        this.settings = EnumSet.noneOf(Setting.class);
        this.settings.addAll(Set.of(settings));
    }

    /** The layer that the dialog describes. */
    Layer layer(final LayerParameters parameters) {
        return layer.apply(parameters);
    }

    boolean shows(final Setting setting) {
        return settings.contains(setting);
    }
}
