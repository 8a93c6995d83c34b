package org.gradienttape.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;

class NetworkJsonTest {
    private static final String RESIDUAL = "{\"input_shape\":[2],\"layers\":["
            + "{\"type\":\"Dense\",\"units\":2,\"activation\":\"relu\",\"use_bias\":true},"
            + "{\"type\":\"Add\",\"from\":[\"dense\",\"input\"]},"
            + "{\"type\":\"ReLU\",\"name\":\"output\"}]}";

    /** As files of networks without branches always were. */
    @Test
    void aChainSaysNothingOfItsPlaces() {
        final Network chain = Network.of(
                Shape.of(2), List.of(new Layer.Dense(2, Activation.RELU), new Layer.ReLU(), new Layer.ReLU()));

        assertThat(NetworkJson.write(chain))
                .isEqualTo("{\"input_shape\":[2],\"layers\":["
                        + "{\"type\":\"Dense\",\"units\":2,\"activation\":\"relu\",\"use_bias\":true},"
                        + "{\"type\":\"ReLU\"},{\"type\":\"ReLU\"}]}");
        assertThat(NetworkJson.read(NetworkJson.write(chain))).isEqualTo(chain);
    }

    @Test
    void aNetworkThatBranchesComesBack() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(2));
        drawing.add(new JoinLayer.Add(), drawing.add(new Layer.Dense(2, Activation.RELU)), Network.INPUT);
        drawing.addNamed("output", new Layer.ReLU(), List.of("add"));

        assertThat(NetworkJson.write(drawing.network())).isEqualTo(RESIDUAL);
        assertThat(NetworkJson.read(RESIDUAL)).isEqualTo(drawing.network());
    }

    @Test
    void frozenLayersComeBack() {
        final Network frozen = NetworkJson.read(RESIDUAL).frozenUpTo("dense");

        assertThat(NetworkJson.write(frozen))
                .isEqualTo(RESIDUAL.replace("\"use_bias\":true", "\"use_bias\":true,\"trainable\":false"));
        assertThat(NetworkJson.read(NetworkJson.write(frozen))).isEqualTo(frozen);
    }

    @Test
    void aDamagedOneIsRefused() {
        refuses("\"dense\",\"input\"", "\"dense_1\",\"input\"", "there is no layer \"dense_1\" there");
        refuses("\"dense\",\"input\"", "", "takes none");
        refuses("\"dense\",\"input\"", "\"input\",\"input\"", "that of dense is not");
        refuses("\"dense\",\"input\"", "\"add\",\"input\"", "there is no layer \"add\" there");
        refuses("\"output\"", "\"dense\"", "but it is called \"dense\"");
        refuses("\"output\"", "\"" + "a".repeat(201) + "\"", "needs a name of its own");
        refuses("\"name\"", "\"nom\"", "nom");
    }

    private static void refuses(final String part, final String other, final String reason) {
        assertThat(RESIDUAL).contains(part);
        assertThatThrownBy(() -> NetworkJson.read(RESIDUAL.replace(part, other)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The stored network")
                .hasMessageContaining(reason);
    }
}
