package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class NetworkDrawingTest {
    private static final Layer.Dense FOUR = new Layer.Dense(4, Activation.RELU);

    @Test
    void branchesComeTogether() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(4));
        final String one = drawing.add(FOUR);
        final String other = drawing.add(FOUR, Network.INPUT);
        drawing.add(new JoinLayer.Concatenate(), one, other, Network.INPUT);
        drawing.add(new Layer.Dense(2, Activation.SOFTMAX));

        final Network network = drawing.network();

        assertThat(LayerSummary.of(network).rows())
                .containsExactly(
                        new LayerSummary.Row("dense", "Dense", Shape.of(4), 20, List.of("input"), true),
                        new LayerSummary.Row("dense_1", "Dense", Shape.of(4), 20, List.of("input"), true),
                        new LayerSummary.Row(
                                "concatenate",
                                "Concatenate",
                                Shape.of(12),
                                0,
                                List.of("dense", "dense_1", "input"),
                                false),
                        new LayerSummary.Row("dense_2", "Dense", Shape.of(2), 26, List.of("concatenate"), true));
        assertThat(network.isChain()).isFalse();
        assertThat(network.endsInProbabilities()).isTrue();
        assertThat(network.nodes().get(2).description()).isEqualTo("concatenate: Concatenate, 4, 4 and 4 to 12");
    }

    @Test
    void aChainIsWhatNetworkOfMakes() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(4));
        drawing.add(FOUR);
        drawing.add(new Layer.ReLU());

        assertThat(drawing.network()).isEqualTo(Network.of(Shape.of(4), List.of(FOUR, new Layer.ReLU())));
        assertThat(drawing.network().isChain()).isTrue();
    }

    @Test
    void aNetworkCanBeGoneOnFrom() {
        final NetworkDrawing drawing = NetworkDrawing.on(Network.of(Shape.of(4), List.of(FOUR, FOUR)));

        drawing.add(new JoinLayer.Add(), "dense", drawing.last());

        assertThat(drawing.network().last().from()).containsExactly("dense", "dense_1");
        assertThat(drawing.network().last().name()).isEqualTo("add");
    }

    /** keras.io/api/layers/merging_layers: sizes of 1 are repeated. */
    @Test
    void numbersInTheSamePlaceAreJoined() {
        assertThat(new JoinLayer.Add().outputShape(List.of(Shape.of(3, 2), Shape.of(3, 2), Shape.of(3, 2))))
                .isEqualTo(Shape.of(3, 2));
        assertThat(new JoinLayer.Multiply().outputShape(List.of(Shape.of(2), Shape.of(4, 3, 2))))
                .isEqualTo(Shape.of(4, 3, 2));
        assertThat(new JoinLayer.Maximum().outputShape(List.of(Shape.of(4, 1, 2), Shape.of(3, 1))))
                .isEqualTo(Shape.of(4, 3, 2));
        assertThat(new JoinLayer.Concatenate(1).outputShape(List.of(Shape.of(3, 2), Shape.of(4, 2))))
                .isEqualTo(Shape.of(7, 2));
        assertThat(new JoinLayer.Concatenate(-1).outputShape(List.of(Shape.of(3, 2), Shape.of(3, 4))))
                .isEqualTo(Shape.of(3, 6));
    }

    @Test
    void shapesThatDoNotJoinAreAllNamed() {
        assertThatThrownBy(() ->
                        new JoinLayer.Add().outputShape(List.of(Shape.of(4), Shape.of(28, 28, 1), Shape.of(28, 27, 1))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Add needs inputs of the same shape, but their shapes are 4, 28 x 28 x 1 and 28 x 27 x 1;"
                        + " change the layers before it.");
        assertThatThrownBy(() -> new JoinLayer.Concatenate().outputShape(List.of(Shape.of(3, 2), Shape.of(4, 2))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Concatenate along axis -1 needs inputs that differ in the size of that axis alone, but their"
                                + " shapes are 3 x 2 and 4 x 2; change the layers before it.");
        assertThatThrownBy(() -> new JoinLayer.Concatenate().outputShape(List.of(Shape.of(3, 2), Shape.of(2))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("their shapes are 3 x 2 and 2");
        assertThatThrownBy(() -> new JoinLayer.Concatenate(3).outputShape(List.of(Shape.of(3, 2), Shape.of(3, 2))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Concatenate should join along axis 3, but the shapes of its inputs are 3 x 2 and 3 x 2, which"
                                + " have no such axis behind that of the batch; choose another axis.");
        assertThatThrownBy(() -> new JoinLayer.Concatenate(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("axis 0 is the batch");
    }

    @Test
    void theNumberOfInputsIsThatOfTheLayer() {
        assertThatThrownBy(() -> new JoinLayer.Subtract().outputShape(List.of(Shape.of(4), Shape.of(4), Shape.of(4))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Subtract takes exactly 2 inputs, but it has 3, of the shapes 4, 4 and 4; give it two.");
        for (final JoinLayer layer : List.of(new JoinLayer.Average(), new JoinLayer.Concatenate())) {
            assertThatThrownBy(() -> Network.of(Shape.of(4), List.of(layer)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("Layer 1: " + layer.type() + " joins the outputs of two or more layers, but it has one"
                            + " input, of the shape 4; give it another one.");
        }
        assertThatThrownBy(() -> new NetworkDrawing(Shape.of(4)).add(FOUR, "input", "input"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Layer 1: Dense takes one input, but it has 2, of the shapes 4 and 4; join them before it, for"
                                + " example with Add.");
    }

    @Test
    void whatIsDrawnHangsTogether() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(4));
        drawing.add(FOUR);
        drawing.add(FOUR, Network.INPUT);

        assertThatThrownBy(drawing::network)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The output of each layer but the last must be taken by another one, but that of dense is not;"
                                + " join it with others, or leave it out.");
        assertThatThrownBy(() -> drawing.add(FOUR, "dense_7"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Layer 3: dense_2 should take the output of a layer before it, but there is no layer"
                        + " \"dense_7\" there.");
        assertThatThrownBy(() -> drawing.addNamed("dense", FOUR, List.of("input")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but it is called \"dense\"");
        assertThatThrownBy(() -> drawing.addNamed("a/b", FOUR, List.of("input")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but it is called \"a/b\"");
    }

    @Test
    void aLayerBehindAJoinThatPassesOnDoesNotHideIt() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(4));
        final String one = drawing.add(new Layer.Dense(4, Activation.SIGMOID));
        drawing.add(new JoinLayer.Add(), one, Network.INPUT);
        drawing.add(new Layer.Dropout(0.5));

        assertThat(drawing.network().lastActivation()).isEqualTo(Activation.NONE);
    }
}
