package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessingTest {
    private static final Preprocessing TURNS =
            Preprocessing.ofClasses(List.of("r0", "r180", "r270", "r90"), Optional.empty());

    @TempDir
    private Path folder;

    private int written;

    @Test
    void classesAreFoundByName() throws IOException {
        final Dataset seen = TURNS.of(data(List.of("r90", "r0", "r270"), 0, 1, 2, 0), "the training data");

        assertThat(ReadFixture.labels(seen)).containsExactly(3, 0, 2, 3);
        assertThat(seen.classNames()).isEqualTo(TURNS.classNames());
        assertThat(seen.samplesPerClass()).containsExactly(1, 0, 1, 2);
    }

    @Test
    void aClassThatTheModelDoesNotKnowIsNamed() {
        assertThatThrownBy(() -> TURNS.of(data(List.of("r0", "r45", "R90"), 0, 1, 2), "the validation data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The model knows the classes r0, r180, r270, r90, but the validation data test has samples of"
                                + " r45, R90; leave them out, or train a new model with them.");
    }

    /** IDX files have a name for each number up to the largest label. */
    @Test
    void aClassWithoutSamplesNeedNotBeKnown() throws IOException {
        final Dataset seen = TURNS.of(data(List.of("none", "r90"), 1, 1), "the training data");

        assertThat(ReadFixture.labels(seen)).containsExactly(3, 3);
    }

    @Test
    void numbersAreTheSameHoweverTheyAreWritten() throws IOException {
        final Preprocessing numbers = Preprocessing.ofClasses(List.of("3", "10", "-1"), Optional.empty());

        assertThat(ReadFixture.labels(numbers.of(data(List.of("-1.0", "1e1", "+3", "3.00"), 0, 1, 2, 3), "it")))
                .containsExactly(2, 1, 0, 0);
        assertThat(ReadFixture.labels(Preprocessing.ofClasses(List.of("3.0", "x"), Optional.empty())
                        .of(data(List.of("3", "x"), 0, 1), "it")))
                .containsExactly(0, 1);
        assertThatThrownBy(() -> numbers.of(data(List.of("03", "3.5"), 0, 1), "the data"))
                .hasMessageContaining("has samples of 03, 3.5;");
    }

    @Test
    void aNameThatIsWrittenAlikeComesBeforeAnEqualNumber() throws IOException {
        final Preprocessing both = Preprocessing.ofClasses(List.of("1", "1.0", "x"), Optional.empty());

        assertThat(ReadFixture.labels(both.of(data(List.of("1.0", "1", "x"), 0, 1, 2), "it")))
                .containsExactly(1, 0, 2);
    }

    @Test
    void composedAndDecomposedCharactersAreTheSame() throws IOException {
        final Preprocessing model = Preprocessing.ofClasses(List.of("b\u00e4r"), Optional.empty());

        assertThat(ReadFixture.labels(model.of(data(List.of("ba\u0308r"), 0), "it")))
                .containsExactly(0);
    }

    @Test
    void namesThatAreTheSameAreRefused() {
        assertThatThrownBy(() -> Preprocessing.ofClasses(List.of("a", "b", "a"), Optional.empty())
                        .of(data(List.of("a"), 0), "it"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("two are called a");
    }

    @Test
    void aModelWithoutNamesTakesTheLabelsAsTheyAre() throws IOException {
        final Dataset data = data(List.of("b", "a"), 0, 1);

        assertThat(Preprocessing.UNKNOWN.of(data, "it")).isSameAs(data);
        assertThat(Preprocessing.UNKNOWN.completedBy(data))
                .isEqualTo(Preprocessing.ofClasses(List.of("b", "a"), Optional.of(data.pixels())));
        assertThat(TURNS.completedBy(data).classNames()).isEqualTo(TURNS.classNames());
    }

    @Test
    void theScalingOfTheModelHolds() throws IOException {
        final Preprocessing divided = Preprocessing.ofClasses(
                List.of("a"), Optional.of(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_255)));
        final Dataset data = data(List.of("a"), 0, 0); // the numbers 0 and 51

        final Dataset seen = divided.of(data, "the data");

        assertThat(seen.scaling()).isEqualTo(Scaling.DIVIDE_BY_255);
        assertThat(seen.numbers(1)).containsExactly(0.2f);
        assertThat(data.numbers(1)).containsExactly(51);
    }

    @Test
    void numbersThatCannotBeScaledAreRefused() throws IOException {
        final Preprocessing shifted = Preprocessing.ofClasses(
                List.of("a"), Optional.of(new Pixels(Scaling.MINUS_ONE_TO_ONE, PixelRange.ZERO_TO_255)));
        final Dataset black = data(List.of("a"), 0); // the number 0 alone

        assertThatThrownBy(() -> shifted.scaled(black, "the data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The model learned from pixels of -1 to 1, but the data test holds numbers of 0 to 1, which"
                        + " cannot be scaled like pixels of 0 to 255; bring them to the range of the model before they are"
                        + " read.");
    }

    /** As stored in both, but in other ranges: bytes for a model of numbers from 0 to 1, and so on. */
    @Test
    void numbersOfAnotherRangeAreTold() throws IOException {
        final Preprocessing unit = known(Scaling.AS_STORED, PixelRange.ZERO_TO_ONE);
        final Preprocessing signed = known(Scaling.AS_STORED, PixelRange.MINUS_ONE_TO_ONE);
        final Preprocessing wide = known(Scaling.AS_STORED, PixelRange.ZERO_TO_255);
        final Preprocessing divided = known(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_255);
        final Dataset bytes = numbers(Scaling.AS_STORED, 0, 255, 3);
        final Dataset ofUnit = numbers(Scaling.AS_STORED, 0, 1, 100);
        final Dataset ofSigned = numbers(Scaling.AS_STORED, -1, 1, 100);

        assertThat(unit.doubt(bytes, "the validation data"))
                .contains(
                        "The model learned from numbers that were stored from 0 to 1, but those of the validation data"
                                + " test are stored beyond -1 to 1, as pixels of 0 to 255 and scaled alike; bring them to the"
                                + " range of the training.");
        assertThat(signed.doubt(bytes, "it")).isPresent();
        assertThat(unit.doubt(ofSigned, "it")).isPresent();
        assertThat(signed.doubt(ofUnit, "it")).isPresent();
        assertThat(wide.doubt(ofUnit, "it")).isPresent();
        assertThat(divided.doubt(numbers(Scaling.DIVIDE_BY_255, 0, 1, 100), "it"))
                .isPresent();
        for (final Preprocessing same : List.of(unit, signed, wide)) {
            assertThat(Stream.of(bytes, ofUnit, ofSigned)
                            .filter(data -> same.doubt(data, "it").isEmpty()))
                    .hasSize(1);
        }
    }

    /** Rows of a table that go a little beyond the training, or are few and lie in a part of its range. */
    @Test
    void numbersOfTablesMayDiffer() throws IOException {
        final Preprocessing unit = known(Scaling.AS_STORED, PixelRange.ZERO_TO_ONE);
        final Preprocessing wide = known(Scaling.AS_STORED, PixelRange.ZERO_TO_255);

        assertThat(unit.doubt(numbers(Scaling.AS_STORED, -0.1f, 1.7f, 500), "it"))
                .isEmpty();
        assertThat(wide.doubt(numbers(Scaling.AS_STORED, 0, 1, 99), "it")).isEmpty();
        assertThat(known(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_255)
                        .doubt(numbers(Scaling.AS_STORED, 0, 1, 500), "it"))
                .isEmpty();
        assertThat(Preprocessing.UNKNOWN.doubt(numbers(Scaling.AS_STORED, 0, 255, 500), "it"))
                .isEmpty();
    }

    private static Preprocessing known(final Scaling scaling, final PixelRange stored) {
        return Preprocessing.ofClasses(List.of("a"), Optional.of(new Pixels(scaling, stored)));
    }

    /** Samples of one number: two of them in turn. */
    private Dataset numbers(final Scaling scaling, final float even, final float odd, final int samples)
            throws IOException {
        final DatasetInfo info =
                new DatasetInfo("test", samples, Shape.of(1), ElementType.FLOAT32, scaling, List.of("a"));
        final ByteBuffer features = ByteBuffer.allocate(4 * samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            features.putFloat(i % 2 == 0 ? even : odd);
        }
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("data" + written++), info)) {
            writer.writeFeatures(features.flip());
            writer.writeLabels(new int[samples]);
            return writer.finish();
        }
    }

    /** One number per sample: 0, 51, 102 and so on. */
    private Dataset data(final List<String> classNames, final int... labels) throws IOException {
        final DatasetInfo info =
                new DatasetInfo("test", labels.length, Shape.of(1), ElementType.FLOAT32, Scaling.AS_STORED, classNames);
        final ByteBuffer features = ByteBuffer.allocate(4 * labels.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < labels.length; i++) {
            features.putFloat(51 * i);
        }
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("data" + written++), info)) {
            writer.writeFeatures(features.flip());
            writer.writeLabels(labels);
            return writer.finish();
        }
    }
}
