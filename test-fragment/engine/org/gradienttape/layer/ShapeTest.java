package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void knowsItsSizes() {
        final Shape image = Shape.of(28, 28, 3);

        assertThat(image.size()).isEqualTo(2352);
        assertThat(image.rank()).isEqualTo(3);
        assertThat(image.dimension(2)).isEqualTo(3);
        assertThat(image.last()).isEqualTo(3);
        assertThat(image).hasToString("28 x 28 x 3").isEqualTo(new Shape(List.of(28, 28, 3)));
    }

    @Test
    void aScalarIsOneNumber() {
        assertThat(Shape.of().size()).isEqualTo(1);
        assertThat(Shape.of()).hasToString("scalar");
    }

    @Test
    void refusesSizesBelowOne() {
        assertThatThrownBy(() -> Shape.of(28, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("28 x 0 has a size of 0");
        assertThatThrownBy(() -> Shape.of(-1)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesMoreNumbersThanAnArrayHolds() {
        assertThat(Shape.of(1 << 15, (1 << 16) - 1).size()).isEqualTo(2_147_450_880);
        assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 15))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("65536 x 32768 holds more");
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30)).isInstanceOf(InvalidInputException.class);
    }
}
