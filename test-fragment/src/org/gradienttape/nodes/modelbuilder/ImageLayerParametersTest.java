package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradienttape.nodes.modelbuilder.LayerParametersTest.layer;

import java.util.List;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.AugmentationLayer;
import org.gradienttape.layer.Edges;
import org.gradienttape.layer.ImageFrameLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.NoiseLayer;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.layer.Size;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Window;
import org.junit.jupiter.api.Test;

/** What the dialog takes for layers of images. */
class ImageLayerParametersTest {
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
}
