package org.gradienttape.torch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;

/**
 * A layer with what Keras' model.summary() says of it.
 *
 * @param output the shape of one output sample for this input
 * @param parameters how many numbers all its weights hold
 */
record LayerExample(Layer layer, Shape input, Shape output, int parameters) {
    private static final Shape VECTOR = Shape.of(6);
    private static final Shape IMAGE = Shape.of(5, 4, 2);

    /** At least one of each kind; those with padding on odd and even sizes. */
    static Stream<LayerExample> all() {
        return Stream.of(forVectors(), convolutions(), poolings(), normalizations(), activations(), inJava())
                .flatMap(examples -> examples);
    }

    /** All kinds of layers that can be. */
    static List<Class<?>> kinds(final Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(kind -> kinds(kind).stream())
                        .toList()
                : List.of(type);
    }

    Network network() {
        return Network.of(input, List.of(layer));
    }

    private static Stream<LayerExample> forVectors() {
        return Stream.of(
                new LayerExample(new Layer.Dense(4, Activation.RELU), VECTOR, Shape.of(4), 28),
                new LayerExample(new Layer.Dense(4, Activation.NONE, false), VECTOR, Shape.of(4), 24),
                new LayerExample(new Layer.Dense(4, Activation.TANH), VECTOR, Shape.of(4), 28),
                new LayerExample(new Layer.ReLU(), VECTOR, VECTOR, 0),
                new LayerExample(new Layer.Flatten(), IMAGE, Shape.of(40), 0),
                new LayerExample(new Layer.Reshape(Shape.of(3, 2)), VECTOR, Shape.of(3, 2), 0),
                new LayerExample(new Layer.Dropout(0.2), VECTOR, VECTOR, 0),
                new LayerExample(new Layer.ActivityRegularization(0.1, 0.2), VECTOR, VECTOR, 0));
    }

    private static Stream<LayerExample> convolutions() {
        return Stream.of(
                conv(Window.square(3, 1, Padding.VALID), Shape.of(3, 2, 3), 57),
                conv(Window.square(3, 1, Padding.SAME), Shape.of(5, 4, 3), 57),
                conv(Window.square(3, 2, Padding.SAME), Shape.of(3, 2, 3), 57),
                conv(new Window(2, 3, 3, 1, Padding.SAME), Shape.of(2, 4, 3), 39),
                conv(Window.square(1, 3, Padding.VALID), Shape.of(2, 2, 3), 9),
                new LayerExample(
                        new ImageLayer.Conv2D(2, Window.square(2, 2, Padding.VALID), Activation.SIGMOID, false),
                        IMAGE,
                        Shape.of(2, 2, 2),
                        16),
                transpose(Window.square(4, 2, Padding.SAME), Shape.of(10, 8, 3), 99),
                transpose(Window.square(3, 2, Padding.SAME), Shape.of(10, 8, 3), 57),
                transpose(Window.square(3, 2, Padding.VALID), Shape.of(11, 9, 3), 57),
                transpose(new Window(2, 1, 3, 2, Padding.SAME), Shape.of(15, 8, 3), 15),
                transpose(new Window(2, 5, 3, 2, Padding.VALID), Shape.of(15, 11, 3), 63),
                new LayerExample(
                        new ImageLayer.Conv2DTranspose(2, Window.square(3, 1, Padding.SAME), Activation.ELU, false),
                        IMAGE,
                        IMAGE,
                        36));
    }

    private static Stream<LayerExample> poolings() {
        return Stream.of(Padding.VALID, Padding.SAME).flatMap(padding -> {
            final Window window = new Window(2, 3, 2, 3, padding);
            final Shape output = padding == Padding.VALID ? Shape.of(2, 1, 2) : Shape.of(3, 2, 2);
            return Stream.of(
                    new LayerExample(new ImageLayer.MaxPooling2D(window), IMAGE, output, 0),
                    new LayerExample(new ImageLayer.AveragePooling2D(window), IMAGE, output, 0),
                    new LayerExample(new ImageLayer.GlobalMaxPooling2D(), IMAGE, Shape.of(2), 0),
                    new LayerExample(new ImageLayer.GlobalAveragePooling2D(), IMAGE, Shape.of(2), 0));
        });
    }

    private static Stream<LayerExample> normalizations() {
        return Stream.of(
                new LayerExample(new NormalizationLayer.BatchNormalization(), IMAGE, IMAGE, 8),
                new LayerExample(new NormalizationLayer.BatchNormalization(0.5, 0.1, false, false), VECTOR, VECTOR, 12),
                new LayerExample(new NormalizationLayer.LayerNormalization(), IMAGE, IMAGE, 4),
                new LayerExample(new NormalizationLayer.LayerNormalization(0.1, true, false), VECTOR, VECTOR, 6));
    }

    private static Stream<LayerExample> activations() {
        return Stream.of(
                        new ActivationLayer.LeakyReLU(),
                        new ActivationLayer.ELU(0.7),
                        new ActivationLayer.GELU(false),
                        new ActivationLayer.GELU(true),
                        new ActivationLayer.SiLU(),
                        new ActivationLayer.Sigmoid(),
                        new ActivationLayer.Tanh(),
                        new ActivationLayer.Softmax())
                .map(layer -> new LayerExample(layer, IMAGE, IMAGE, 0));
    }

    private static Stream<LayerExample> inJava() {
        return Stream.of(new LayerExample(
                JavaLayers.one(JavaLayers.OF_ALL_KINDS, VECTOR), VECTOR, Shape.of(12), 42 + 24 + 6 + 6));
    }

    private static LayerExample conv(final Window window, final Shape output, final int parameters) {
        return new LayerExample(new ImageLayer.Conv2D(3, window, Activation.NONE), IMAGE, output, parameters);
    }

    private static LayerExample transpose(final Window window, final Shape output, final int parameters) {
        return new LayerExample(new ImageLayer.Conv2DTranspose(3, window, Activation.NONE), IMAGE, output, parameters);
    }
}
