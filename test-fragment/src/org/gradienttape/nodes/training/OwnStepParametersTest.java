package org.gradienttape.nodes.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradienttape.code.CodeCompiler;
import org.gradienttape.code.UserCode;
import org.gradienttape.nodes.CodeDialog;
import org.gradienttape.nodes.StepTemplate;
import org.gradienttape.nodes.training.OwnStepParameters.Template;
import org.gradienttape.step.CustomStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        provider.init(new CodeDialog(template, code));
        return provider.computeState(null);
    }
}
