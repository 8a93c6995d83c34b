package org.gradienttape.nodes.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.gradienttape.nodes.gantrainer.GanTrainerNodeParameters;
import org.gradienttape.nodes.trainer.GradientTapeTrainerNodeParameters;
import org.gradienttape.nodes.training.OptimizerParameters.OptimizerType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.node.parameters.NodeParameters;

/** A dialog shows the numbers of the optimizer that is chosen, and no others: those of Keras, beside the learning rate. */
class OptimizerDialogTest {
    private static final Map<OptimizerType, List<String>> NUMBERS = Map.of(
            OptimizerType.SGD, List.of("Sgd/momentum", "Sgd/nesterov"),
            OptimizerType.ADAM, List.of("Adam/beta1", "Adam/beta2", "Adam/epsilon"),
            OptimizerType.ADAMW, List.of("Adam/beta1", "Adam/beta2", "Adam/epsilon", "AdamW/weightDecay"),
            OptimizerType.NADAM, List.of("Adam/beta1", "Adam/beta2", "Adam/epsilon"),
            OptimizerType.RMSPROP, List.of("RmsProp/rho", "RmsProp/momentum", "RmsProp/centered", "RmsProp/epsilon"),
            OptimizerType.ADAGRAD, List.of("Adagrad/initialAccumulator", "Adagrad/epsilon"));

    @ParameterizedTest
    @EnumSource
    void theTrainerShowsTheNumbersOfItsOptimizer(final OptimizerType chosen) {
        final GradientTapeTrainerNodeParameters parameters = new GradientTapeTrainerNodeParameters();

        parameters.optimizer = chosen;

        assertThat(shown(parameters, "Optimizer", ""))
                .usingElementComparator(String::compareToIgnoreCase)
                .containsExactlyElementsOf(NUMBERS.get(chosen));
    }

    @ParameterizedTest
    @EnumSource
    void theGanTrainerShowsTheNumbersOfEachOfItsOptimizers(final OptimizerType chosen) {
        final GanTrainerNodeParameters parameters = new GanTrainerNodeParameters();

        for (final OptimizerType other : OptimizerType.values()) {
            parameters.discriminatorOptimizer = chosen;
            parameters.generatorOptimizer = other;

            assertThat(shown(parameters, "Discriminator's optimizer", "discriminator"))
                    .containsExactlyElementsOf(NUMBERS.get(chosen));
            assertThat(shown(parameters, "Generator's optimizer", "generator"))
                    .containsExactlyElementsOf(NUMBERS.get(other));
        }
    }

    /** The numbers in groups, without what all of their keys begin with. */
    private static List<String> shown(final NodeParameters parameters, final String section, final String prefix) {
        return Dialog.of(parameters).stream()
                .filter(each -> each.title().equals(section))
                .flatMap(each -> each.settings().stream())
                .filter(DialogSetting::shown)
                .map(DialogSetting::key)
                .filter(key -> key.startsWith(prefix) && key.contains("/") && !key.startsWith("clipping/"))
                .map(key -> key.substring(prefix.length()))
                .toList();
    }
}
