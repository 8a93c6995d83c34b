package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.junit.jupiter.api.Test;

/** What the way back through a loop computes for each step; OperationGradientTest looks at the numbers. */
class LoopGradientTest {
    /** The whole step is repeated as often as the call says, and a recurrence lies in that. */
    private static final String IN_A_LOOP = " ".repeat(6);

    /** The bias of GRU's state is added in each step; what it learns is one sum of all steps behind the loop. */
    @Test
    void noStepSumsWhatABiasLearns() {
        final Layer gru = new RecurrentLayer.GRU(
                3,
                Activation.TANH,
                Activation.SIGMOID,
                true,
                0,
                0,
                false,
                false,
                Initializer.ORTHOGONAL,
                WeightSettings.DEFAULT);
        final List<String> steps = StepProgram.of(Network.of(Shape.of(4, 2), List.of(gru)), 5, 4, 2)
                .lines()
                .filter(line -> line.startsWith(IN_A_LOOP))
                .toList();

        assertThat(steps).noneMatch(line -> line.contains("torch.sum("));
        // two gates, and what each of them gives back: for four steps, noted once
        assertThat(steps).filteredOn(line -> line.contains("torch.sigmoid(")).hasSize(2);
        assertThat(steps)
                .filteredOn(line -> line.contains("torch.sigmoid_backward("))
                .hasSize(2);
    }
}
