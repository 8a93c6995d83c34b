package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.layer.DefaultLayers.lstm;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Where masks go; what layers do with them is in layer-references.py. */
class MaskingLayerTest {
    private static final MaskingLayer.Masking MASKING = new MaskingLayer.Masking(0);
    private static final MaskingLayer.Embedding WORDS =
            new MaskingLayer.Embedding(9, 4, Initializer.RANDOM_UNIFORM, Penalty.NONE, true);

    @Test
    void aLayerThatIgnoresAMaskIsNamed() {
        assertThat(MaskingLayer.doubt(
                        Network.of(Shape.of(5, 2), List.of(MASKING, new Layer.Dropout(0.1), new Layer.Flatten()))))
                .hasValue(
                        "The layer flatten (Flatten) does not go on with the mask of masking, so it and those behind it"
                                + " take the masked steps for real ones.");
        assertThat(MaskingLayer.doubt(Network.of(
                        Shape.of(5), List.of(WORDS, new NormalizationLayer.BatchNormalization(), new Layer.Flatten()))))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).contains("batch_normalization (BatchNormalization) does not"));
    }

    /** Of a network that is being drawn, each layer is said once, and the mask at its end is on its way. */
    @Test
    void theLastLayerAloneIsNamedWhileANetworkIsDrawn() {
        final Network drawn =
                Network.of(Shape.of(5, 2), List.of(MASKING, new Layer.Flatten(), new Layer.Dense(2, Activation.NONE)));

        assertThat(MaskingLayer.doubtOfLast(drawn.upTo("masking"))).isEmpty();
        assertThat(MaskingLayer.doubtOfLast(drawn.upTo("flatten")))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("flatten (Flatten) does not go on"));
        assertThat(MaskingLayer.doubtOfLast(drawn)).isEmpty();
    }

    @Test
    void aMaskThatIsUsedUpRaisesNoDoubt() {
        assertThat(MaskingLayer.doubt(Network.of(
                        Shape.of(5),
                        List.of(
                                WORDS,
                                new Layer.Dense(3, Activation.RELU),
                                new NormalizationLayer.LayerNormalization(),
                                lstm(3, true),
                                new SequenceLayer.GlobalAveragePooling1D(),
                                new Layer.Dense(2, Activation.NONE)))))
                .isEmpty();
        assertThat(MaskingLayer.doubt(
                        Network.of(Shape.of(5, 2), List.of(MASKING, lstm(3, false), new Layer.Flatten()))))
                .isEmpty();
    }

    @Test
    void aMaskAtTheOutputIsForTheLoss() {
        assertThat(MaskingLayer.doubt(Network.of(Shape.of(5, 2), List.of(MASKING, lstm(3, true)))))
                .isEmpty();
    }

    @Test
    void aWayWithoutAMaskLosesThatOfTheOther() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(5, 2));
        final String masked = drawing.add(MASKING);
        final String dense = drawing.add(new Layer.Dense(2, Activation.NONE), Network.INPUT);
        drawing.add(new JoinLayer.Add(), masked, dense);
        drawing.add(lstm(3, false));

        assertThat(MaskingLayer.doubt(drawing.network())).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains("add (Add) does not go on with the mask"));
    }

    @Test
    void numbersAreLookedUpWhereTheSamplesAreTakenAsTheyCome() {
        assertThat(MaskingLayer.ofSamples(Network.of(Shape.of(5, 1), List.of(new Layer.Flatten(), WORDS))))
                .containsExactly(WORDS);
        assertThat(MaskingLayer.ofSamples(Network.of(Shape.of(5), List.of(new Layer.Dense(3, Activation.RELU), WORDS))))
                .isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new MaskingLayer.Embedding(0, 4, Initializer.ZEROS, Penalty.NONE, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Embedding needs an input dimension and an output dimension of at least 1, but they are 0 and"
                                + " 4.");
        assertThatThrownBy(() -> Network.of(Shape.of(5, 2), List.of(WORDS)))
                .hasMessage(
                        "Layer 1: Embedding expects a row of whole numbers per sample, but its input has the shape 5"
                                + " x 2; put a Flatten layer before it.");
        assertThatThrownBy(() -> new WrapperLayer.Bidirectional(new Layer.Flatten(), WrapperLayer.MergeMode.CONCAT))
                .hasMessage(
                        "Bidirectional wraps LSTM, GRU or SimpleRNN, but its layer is Flatten; choose one of those.");
        assertThatThrownBy(() -> new AttentionLayer.MultiHeadAttention(0, 4, 4, 0, true, false, WeightSettings.DEFAULT))
                .hasMessage(
                        "MultiHeadAttention needs at least 1 head, 1 number per key and 1 per value, but they are 0, 4"
                                + " and 4.");
    }
}
