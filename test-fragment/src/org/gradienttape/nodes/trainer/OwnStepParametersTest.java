package org.gradienttape.nodes.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.gradienttape.code.CodeCompiler;
import org.gradienttape.code.UserCode;
import org.gradienttape.nodes.StepTemplate;
import org.gradienttape.nodes.trainer.OwnStepParameters.Template;
import org.gradienttape.step.CustomStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;

class OwnStepParametersTest {
    private final OwnStepParameters parameters = new OwnStepParameters();

    @ParameterizedTest
    @EnumSource(Template.class)
    void everyTemplateCompiles(final Template template) {
        parameters.template = template;

        assertThat(UserCode.one(CodeCompiler.compile("step", parameters.source()), CustomStep.class))
                .isNotNull();
    }

    @Test
    void theCodeStartsWithTheStandardStep() {
        assertThat(parameters.source())
                .isEqualTo(StepTemplate.text("StandardStep"))
                .contains("class StandardStep");
    }

    @Test
    void ownCodeIsUsedUnlessATemplateIsChosen() {
        parameters.code = "mine";
        assertThat(parameters.source()).isEqualTo("mine");

        parameters.template = Template.MIXUP;
        assertThat(parameters.source()).contains("class Mixup");
    }

    /** A template replaces the text in the dialog; own code leaves it, so that a template can be changed. */
    @Test
    void theDialogShowsTheCodeThatWillRun() {
        assertThat(shown(Template.CLIP_GRADIENTS, "mine")).contains("class ClipGradients");
        assertThat(shown(Template.OWN_CODE, "mine")).isEqualTo("mine");
    }

    private static String shown(final Template template, final String code) {
        final OwnStepParameters.ShownCode provider = new OwnStepParameters.ShownCode();
        provider.init(new Dialog(List.of(template, code)));
        return provider.computeState(null);
    }

    /** Answers with the template, then with the code. */
    private record Dialog(List<Object> values) implements StateProvider.StateProviderInitializer {
        @Override
        public NodeParametersInput getNodeParametersInput() {
            return null;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Supplier<T> computeFromValueSupplier(final Class<? extends ParameterReference<T>> ref) {
            return () -> (T) values.get(0);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Supplier<T> getValueSupplier(final Class<? extends ParameterReference<T>> ref) {
            return () -> (T) values.get(1);
        }

        @Override
        public <T> void computeOnValueChange(final Class<? extends ParameterReference<T>> id) {}

        @Override
        public <T> Supplier<T> computeFromProvidedState(final Class<? extends StateProvider<T>> provider) {
            return null;
        }

        @Override
        public void computeBeforeOpenDialog() {}

        @Override
        public void computeAfterOpenDialog() {}
    }
}
