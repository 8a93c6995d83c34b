package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class BranchTest {
    private static final Layer FOUR = new Layer.Dense(4, Activation.RELU);
    private static final Branch BASE = Branch.of(Network.of(Shape.of(4), List.of(FOUR)), "1");

    private static Branch branch(final Branch from, final String maker, final Layer... layers) {
        return from.with(Network.of(from.network().output(), List.of(layers)), maker);
    }

    private static Branch joined(final Branch... branches) {
        return new Joint(List.of(branches)).with(new JoinLayer.Concatenate(), Optional.empty(), "9");
    }

    @Test
    void branchesShareWhatTheyHaveInCommon() {
        final Branch joined = joined(branch(BASE, "2", FOUR), branch(BASE, "3", FOUR), BASE);

        assertThat(LayerSummary.of(joined.network()).rows())
                .extracting(row -> row.name() + " from " + row.connectedTo())
                .containsExactly(
                        "dense from [input]",
                        "dense_1 from [dense]",
                        "dense_2 from [dense]",
                        "concatenate from [dense_1, dense_2, dense]");
        assertThat(joined.ids()).containsExactly("1/0", "2/0", "3/0", "9/0");
    }

    @Test
    void branchesOfBranchesComeTogether() {
        final Branch one = branch(BASE, "2", FOUR);
        final Branch inner = joined(branch(one, "3", FOUR), one);
        final Branch other = branch(BASE, "4", FOUR, new Layer.ReLU());

        final Branch all =
                new Joint(List.of(other, inner)).with(new JoinLayer.Concatenate(1), Optional.of("all"), "10");

        assertThat(all.network().nodes())
                .extracting(node -> node.name() + " from " + node.from())
                .containsExactly(
                        "dense from [input]",
                        "dense_1 from [dense]",
                        "re_lu from [dense_1]",
                        "dense_2 from [dense]",
                        "dense_3 from [dense_2]",
                        "concatenate from [dense_3, dense_2]",
                        "all from [re_lu, concatenate]");
    }

    @Test
    void aBranchJoinedWithItselfIsOne() {
        assertThat(joined(BASE, BASE).network().nodes())
                .extracting(Network.Node::name)
                .containsExactly("dense", "concatenate");
    }

    @Test
    void theInputAloneIsABranch() {
        final Branch input = Branch.of(new Network(Shape.of(4), List.of()), "1");

        assertThat(joined(branch(input, "2", FOUR), input).network().last().from())
                .containsExactly("dense", "input");
    }

    /** In a loop of a workflow a node adds its layer again. */
    @Test
    void oneNodeCanAddItsLayerTwice() {
        final Branch twice = branch(branch(BASE, "2", FOUR), "2", FOUR);

        assertThat(twice.ids()).containsExactly("1/0", "2/0", "2'/0");
    }

    @Test
    void modelsOfDifferentOriginAreRefused() {
        final Branch other = Branch.of(Network.of(Shape.of(4), List.of(FOUR)), "2");

        assertThatThrownBy(() -> joined(BASE, other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Models that are joined must go back to one and the same input, but model 2 begins with"
                        + " another one (of the shape 4) than model 1 (of the shape 4); draw both from one model.");
    }

    @Test
    void aLayerThatWasChangedBehindThePlaceWhereTheyPartIsRefused() {
        final Branch frozen = branch(BASE.frozenUpTo("dense"), "2", FOUR);

        assertThatThrownBy(() -> joined(branch(BASE, "3", FOUR), frozen))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The models share the layer dense, but its settings are not the same in all");
    }

    @Test
    void weightsAreThoseOfTheBranchesAndFreshOnesOfTheNewLayer() {
        final Branch one = branch(BASE, "2", FOUR);
        final Branch other = branch(BASE, "3", FOUR);
        final Joint joint = new Joint(List.of(one, other));
        final Branch joined = joint.with(new JoinLayer.Add(), Optional.empty(), "4");
        final Weights base = Weights.initial(BASE.network(), 1);

        final Weights weights = joint.weights(List.of(with(one, base, 2), with(other, base, 3)), joined.network(), 4);

        assertThat(weights.get("dense/kernel")).isEqualTo(base.get("dense/kernel"));
        assertThat(weights.get("dense_1/kernel")).isEqualTo(with(one, base, 2).get("dense_1/kernel"));
        assertThat(weights.get("dense_2/kernel")).isEqualTo(with(other, base, 3).get("dense_1/kernel"));
        assertThat(weights.get("dense_2/kernel")).isNotEqualTo(weights.get("dense_1/kernel"));

        assertThatThrownBy(() -> joint.weights(
                        List.of(with(one, base, 2), with(other, Weights.initial(BASE.network(), 7), 3)),
                        joined.network(),
                        4))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The models share the layer dense, but its weights are not the same in all");
    }

    private static Weights with(final Branch branch, final Weights known, final long seed) {
        final Map<String, float[]> values = new HashMap<>();
        known.names().forEach(name -> values.put(name, known.get(name)));
        return Weights.completed(branch.network(), values, seed);
    }

    @Test
    void aModelIsKeptUpToALayer() {
        final Branch all = branch(joined(branch(BASE, "2", FOUR), branch(BASE, "3", FOUR)), "4", new Layer.ReLU());

        assertThat(all.upTo("dense_2").network().nodes())
                .extracting(Network.Node::name)
                .containsExactly("dense", "dense_2");
        assertThat(all.upTo("dense_2").ids()).containsExactly("1/0", "3/0");
        assertThat(all.upTo("re_lu")).isEqualTo(all);
        assertThatThrownBy(() -> all.upTo("dense_7"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The model has no layer dense_7; its layers are dense, dense_1, dense_2, concatenate, re_lu.");
    }

    @Test
    void frozenLayersAreNotTrainable() {
        final Branch all =
                joined(branch(BASE, "2", FOUR), branch(BASE, "3", FOUR)).frozenUpTo("dense_2");

        assertThat(LayerSummary.of(all.network()).rows())
                .extracting(row -> row.name() + " " + row.trainable())
                .containsExactly("dense false", "dense_1 true", "dense_2 false", "concatenate false");
    }

    @Test
    void eachLayerHasOneIdentity() {
        assertThatThrownBy(() -> new Branch(BASE.network(), "1", List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs an identity of its own");
    }

    @Test
    void inputColumnsTakeSomeNumbersOfARow() {
        final Layer columns = new Layer.InputColumns(List.of(0, 2));

        assertThat(columns.outputShape(Shape.of(3))).isEqualTo(Shape.of(2));
        for (final Shape shape : List.of(Shape.of(2), Shape.of(3, 3))) {
            assertThatThrownBy(() -> columns.outputShape(shape))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("but its input has the shape " + shape);
        }
        assertThatThrownBy(() -> new Layer.InputColumns(List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at one place or more");
    }
}
