package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Outline;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.Training;
import org.junit.jupiter.api.Test;

class FitCheckTest {
    private static final Shape FLAT = Shape.of(784);
    private static final Shape IMAGE = Shape.of(28, 28, 1);

    @Test
    void acceptsWhatFits() {
        assertThatCode(() -> check(classifier(FLAT, 10), data("MNIST", 60_000, FLAT, 10), data("MNIST", 1, FLAT, 10)))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(classifier(FLAT, 12), data("MNIST", 60_000, FLAT, 10)))
                .doesNotThrowAnyException();
    }

    @Test
    void namesBothShapesWhenTheDataAreImages() {
        assertThatThrownBy(() -> check(classifier(FLAT, 10), data("MNIST", 60_000, IMAGE, 10)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The model takes samples of the shape 784, but the training data MNIST has samples of the shape"
                                + " 28 x 28 x 1; read the data with the sample shape flat, or build the model for the"
                                + " input shape 28 x 28 x 1.");
    }

    @Test
    void namesBothShapesWhenTheModelTakesImages() {
        final Network network = Network.of(IMAGE, List.of(new Layer.Flatten(), new Layer.Dense(10, Activation.NONE)));

        assertThatThrownBy(() -> check(network, data("MNIST", 60_000, FLAT, 10)))
                .hasMessageContaining("the shape 28 x 28 x 1, but")
                .hasMessageContaining("has samples of the shape 784; read the data with the sample shape image");
    }

    @Test
    void looksAtTheValidationDataToo() {
        assertThatThrownBy(() -> check(
                        classifier(FLAT, 10), data("MNIST", 60_000, FLAT, 10), data("Small", 5, Shape.of(100), 10)))
                .hasMessage("The model takes samples of the shape 784, but the validation data Small has samples of the"
                        + " shape 100; build the model for the input shape 100 or read other data.");
    }

    @Test
    void refusesFewerOutputsThanClasses() {
        assertThatThrownBy(() -> check(classifier(FLAT, 5), data("MNIST", 60_000, FLAT, 10)))
                .hasMessage("The loss needs one output per class, so at least 10 for the training data MNIST, but the"
                        + " model's output has the shape 5; let the model end with a Dense layer of 10 units.");
    }

    /** A model that knows 12 classes needs 12 outputs, also for data that hold 10 of them. */
    @Test
    void theClassesOfTheModelCount() {
        final Preprocessing twelve =
                Preprocessing.ofClasses(data("A", 1, FLAT, 12).classNames(), Optional.empty());

        assertThatThrownBy(() -> Training.check(
                        new Outline(classifier(FLAT, 10), twelve),
                        data("MNIST", 60_000, FLAT, 10),
                        Optional.empty(),
                        Objective.of(new Loss.SparseCategoricalCrossentropy())))
                .hasMessageContaining("so at least 12 for the training data MNIST");
        assertThatCode(() -> check(classifier(FLAT, 10), data("MNIST", 1, FLAT, 10), data("More", 1, FLAT, 12)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnOutputThatIsNoRow() {
        final Network network = Network.of(FLAT, List.of(new Layer.Reshape(IMAGE)));

        assertThatThrownBy(() -> check(network, data("MNIST", 60_000, FLAT, 10)))
                .hasMessageContaining("the model's output has the shape 28 x 28 x 1");
    }

    @Test
    void refusesEmptyData() {
        assertThatThrownBy(() -> check(classifier(FLAT, 10), data("MNIST", 0, FLAT, 10)))
                .hasMessage(
                        "Training needs at least 1 sample, but the training data MNIST has none; choose other data.");
        assertThatThrownBy(() -> check(classifier(FLAT, 10), data("MNIST", 1, FLAT, 10), data("MNIST", 0, FLAT, 10)))
                .hasMessage(
                        "Training needs at least 1 sample, but the validation data MNIST has none; choose other data"
                                + " or leave them out.");
    }

    /** Without DJL on the class path; a node's configure must not wait for the engine. */
    @Test
    void needsNoEngine() throws IOException, ReflectiveOperationException {
        final URL[] ownClasses = {
            Training.class.getProtectionDomain().getCodeSource().getLocation(),
            Probe.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader withoutDjl = new URLClassLoader(ownClasses, ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> withoutDjl.loadClass("ai.djl.ndarray.NDArray"))
                    .isInstanceOf(ClassNotFoundException.class);
            final Runnable probe = (Runnable) withoutDjl
                    .loadClass(Probe.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat(probe.getClass()).isNotEqualTo(Probe.class);
            assertThatThrownBy(probe::run).hasMessageContaining("The model takes samples of the shape 784");
        }
    }

    /** Fails as the check of an unfitting model does. */
    public static final class Probe implements Runnable {
        @Override
        public void run() {
            Training.check(
                    new Outline(
                            Network.of(Shape.of(784), List.of(new Layer.Dense(10, Activation.NONE))),
                            Preprocessing.UNKNOWN),
                    new DatasetInfo(
                            "MNIST", 1, Shape.of(28, 28, 1), ElementType.UINT8, Scaling.AS_STORED, List.of("0", "1")),
                    Optional.empty(),
                    Objective.of(new Loss.SparseCategoricalCrossentropy()));
        }
    }

    private static void check(final Network network, final DatasetInfo training) {
        check(network, training, Optional.empty());
    }

    private static void check(final Network network, final DatasetInfo training, final DatasetInfo validation) {
        check(network, training, Optional.of(validation));
    }

    private static void check(
            final Network network, final DatasetInfo training, final Optional<DatasetInfo> validation) {
        Training.check(
                new Outline(network, Preprocessing.UNKNOWN),
                training,
                validation,
                Objective.of(new Loss.SparseCategoricalCrossentropy()));
    }

    private static Network classifier(final Shape input, final int outputs) {
        return Network.of(input, List.of(new Layer.Dense(outputs, Activation.NONE)));
    }

    private static DatasetInfo data(final String name, final int samples, final Shape shape, final int classes) {
        return new DatasetInfo(
                name,
                samples,
                shape,
                ElementType.UINT8,
                Scaling.AS_STORED,
                IntStream.range(0, classes).mapToObj(String::valueOf).toList());
    }
}
