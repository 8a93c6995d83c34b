package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.torch.training.SizeCheck;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks for too much hears so before the memory is taken. */
class SizeCheckTest {
    @TempDir
    private Path folder;

    private Dataset samples;

    @BeforeEach
    void someSamples() throws IOException {
        samples = TestData.random(folder.resolve("data"), Shape.of(6), 3, 20_000, 5);
    }

    @Test
    void weightsThatDoNotFitIntoTheHeapAreNotMade() {
        final Network large = dense(1_000_000_000);

        assertThatThrownBy(() -> Weights.initial(large, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "The 2,000,000,000 weights of the model would take 15,258 MB of memory, but this"
                                + " program has ")
                .hasMessageEndingWith("; choose smaller layers, or give the program more memory (-Xmx).");
    }

    @Test
    void oneWeightFitsIntoOneArrayOfTheEngine() {
        final TrainingConfig config = new TrainingConfig(1, 1, 0, 0, 1);

        assertThatThrownBy(() -> SizeCheck.networks(samples, config, dense(600_000_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("A weight that is trained may have at most 536,870,911 numbers, but dense/kernel has"
                        + " 600,000,000; choose a smaller layer.");
        SizeCheck.networks(samples, config, dense(1000));
    }

    @Test
    void aBatchFitsIntoTheMemoryOfTheMachine() {
        final Network wide = Network.of(
                Shape.of(6), List.of(new Layer.Dense(80_000_000, Activation.RELU, false), new Layer.Dropout(0.5)));

        assertThatThrownBy(() -> SizeCheck.networks(samples, new TrainingConfig(1, 20_000, 0, 0, 1), wide))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("A step with a batch of 20,000 samples would take at least 6,1")
                .hasMessageEndingWith("; choose a smaller batch size or smaller layers.");
    }

    @Test
    void theStepLogFitsIntoTheHeap() {
        assertThatThrownBy(() -> SizeCheck.log(samples, new TrainingConfig(Integer.MAX_VALUE, 1, 0, 0, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The step log of 42,949,672,940,000 rows would take")
                .hasMessageContaining("; log every so many steps that it has fewer, or give");
        SizeCheck.log(samples, new TrainingConfig(Integer.MAX_VALUE, 1, 0, 0, 1, 1000));
    }

    @Test
    void generatedImagesFitIntoTheHeap() {
        final TrainingConfig training = new TrainingConfig(1, 64, 0, 0, 1);

        assertThatThrownBy(() -> SizeCheck.images(
                        samples, new GanConfig(training, 128, 0, new GanConfig.KeptImages(100, Integer.MAX_VALUE))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The 8,589,934,592 generated images that are kept would take")
                .hasMessageContaining("; keep fewer images, or make them less often, or give");
        SizeCheck.images(samples, new GanConfig(training, 128, 0, new GanConfig.KeptImages(100, 16)));
    }

    /** One input, so that kernel and bias have as many numbers as there are units. */
    private static Network dense(final int units) {
        return Network.of(Shape.of(1), List.of(new Layer.Dense(units, Activation.NONE, true)));
    }
}
