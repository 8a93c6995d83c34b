package org.gradienttape.nodes.gantrainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradienttape.code.CodeCompiler;
import org.gradienttape.code.UserCode;
import org.gradienttape.nodes.StepTemplate;
import org.gradienttape.nodes.gantrainer.OwnStepParameters.Template;
import org.gradienttape.step.CustomGanStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnStepParametersTest {
    private final OwnStepParameters parameters = new OwnStepParameters();

    @ParameterizedTest
    @EnumSource(Template.class)
    void everyTemplateCompiles(final Template template) {
        parameters.template = template;

        assertThat(UserCode.one(CodeCompiler.compile("step", parameters.source()), CustomGanStep.class))
                .isNotNull();
    }

    @Test
    void theCodeStartsWithTheStandardStep() {
        assertThat(parameters.source()).isEqualTo(StepTemplate.text("StandardGanStep"));
    }
}
