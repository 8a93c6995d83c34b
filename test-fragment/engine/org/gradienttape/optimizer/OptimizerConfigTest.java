package org.gradienttape.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class OptimizerConfigTest {
    private static final double[] NO_RATES = {0, -1e-3, Double.NaN, Double.POSITIVE_INFINITY};

    @Test
    void shortFormsHaveKerasDefaults() {
        assertThat(new OptimizerConfig.Sgd(0.01)).isEqualTo(new OptimizerConfig.Sgd(0.01, 0, false));
        assertThat(new OptimizerConfig.Adam(0.001)).isEqualTo(new OptimizerConfig.Adam(0.001, 0.9, 0.999, 1e-7));
        assertThat(new OptimizerConfig.AdamW(0.001))
                .isEqualTo(new OptimizerConfig.AdamW(0.001, 0.004, 0.9, 0.999, 1e-7));
        assertThat(new OptimizerConfig.Nadam(0.001)).isEqualTo(new OptimizerConfig.Nadam(0.001, 0.9, 0.999, 1e-7));
        assertThat(new OptimizerConfig.RmsProp(0.001))
                .isEqualTo(new OptimizerConfig.RmsProp(0.001, 0.9, 0, 1e-7, false));
        assertThat(new OptimizerConfig.Adagrad(0.001)).isEqualTo(new OptimizerConfig.Adagrad(0.001, 0.1, 1e-7));
    }

    @Test
    void refusesLearningRatesThatAreNoNumberAboveZero() {
        for (final double rate : NO_RATES) {
            assertThatThrownBy(() -> new OptimizerConfig.Sgd(rate))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The learning rate must be a number above 0, but it is " + rate + ".");
            assertThatThrownBy(() -> new OptimizerConfig.Adam(rate)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void refusesMomentaOutOfRange() {
        assertThat(new OptimizerConfig.Sgd(0.1, 1, true).momentum()).isEqualTo(1);
        for (final double momentum : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new OptimizerConfig.Sgd(0.1, momentum, false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("momentum")
                    .hasMessageContaining("but it is " + momentum);
        }
    }

    @Test
    void limitsAreAllowed() {
        final double largest = Double.MAX_VALUE;

        assertThat(new OptimizerConfig.AdamW(largest, 0, 0, 0, largest).weightDecay())
                .isZero();
        assertThat(new OptimizerConfig.AdamW(0.1, largest, 0.9, 0.999, 1e-7).weightDecay())
                .isEqualTo(largest);
        assertThat(new OptimizerConfig.Adagrad(0.1, 0, 1e-7).initialAccumulator())
                .isZero();
    }

    @Test
    void refusesDecaysAndEpsilonsOutOfRange() {
        for (final double decay : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> new OptimizerConfig.Adam(0.1, decay, 0.999, 1e-7))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("beta 1")
                    .hasMessageContaining("but it is " + decay);
            assertThatThrownBy(() -> new OptimizerConfig.Adam(0.1, 0.9, decay, 1e-7))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("beta 2");
        }
        for (final double epsilon : NO_RATES) {
            assertThatThrownBy(() -> new OptimizerConfig.Adam(0.1, 0.9, 0.999, epsilon))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Epsilon")
                    .hasMessageContaining("but it is " + epsilon);
        }
    }

    @Test
    void refusesNumbersThatOnlyOneOptimizerHas() {
        assertThatThrownBy(() -> new OptimizerConfig.AdamW(0.1, -1, 0.9, 0.999, 1e-7))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The weight decay must be a number of at least 0, but it is -1.0.");
        assertThatThrownBy(() -> new OptimizerConfig.Adagrad(0.1, Double.NaN, 1e-7))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The initial accumulator must be a number of at least 0, but it is NaN.");
        assertThatThrownBy(() -> new OptimizerConfig.RmsProp(0.1, 1, 0, 1e-7, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The rho must be at least 0 and below 1, but it is 1.0.");
        assertThatThrownBy(() -> new OptimizerConfig.RmsProp(0.1, 0.9, 2, 1e-7, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("momentum");
        assertThatThrownBy(() -> new OptimizerConfig.Nadam(0.1, 0.9, 1, 1e-7))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("beta 2");
    }
}
