package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of 6 samples: 3 of a, 1 of b, none of c and 2 of d. */
class ClassWeightsTest {
    @TempDir
    private Path folder;

    private float[] weights(final ClassWeights weights) throws IOException {
        final DatasetInfo info = new DatasetInfo(
                "letters", 6, Shape.of(1), ElementType.UINT8, Scaling.AS_STORED, List.of("a", "b", "c", "d"));
        try (DatasetWriter writer = DatasetWriter.create(folder, info)) {
            writer.writeFeatures(ByteBuffer.wrap(new byte[6]));
            writer.writeLabels(0, 0, 0, 1, 3, 3);
            return weights.of(writer.finish());
        }
    }

    @Test
    void withoutWeightsAllCountOne() throws IOException {
        assertThat(weights(ClassWeights.NONE)).containsExactly(1, 1, 1, 1);
    }

    /** 6 samples / (3 classes that occur * samples of the class). */
    @Test
    void balancedClassesCountAlikeTogether() throws IOException {
        assertThat(weights(new ClassWeights.Balanced())).containsExactly(6f / 9, 2, 1, 1);
    }

    @Test
    void whatIsNotNamedCountsOne() throws IOException {
        assertThat(weights(new ClassWeights.Given(Map.of("d", 2.5, "a", 0.0)))).containsExactly(0, 1, 1, 2.5f);
    }

    @Test
    void weightsThatMeanNothingAreRefused() {
        for (final double weight : new double[] {-0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new ClassWeights.Given(Map.of("a", weight)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "The weight of a class must be a number of at least 0, but that of a is " + weight + ".");
        }
        assertThatThrownBy(() -> weights(new ClassWeights.Given(Map.of("e", 1.0))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "A weight is given for the class e, but the classes of the training data letters are ");
    }
}
