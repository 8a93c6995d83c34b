package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;

class DatasetInfoTest {
    @Test
    void knowsItsSizesInBytes() {
        final DatasetInfo bytes = info(60_000, Shape.of(28, 28, 1), ElementType.UINT8);
        final DatasetInfo floats = info(1_000_000, Shape.of(28, 28, 1), ElementType.FLOAT32);

        assertThat(bytes.bytesPerSample()).isEqualTo(784);
        assertThat(bytes.featureBytes()).isEqualTo(47_040_000);
        assertThat(floats.bytesPerSample()).isEqualTo(3136);
        assertThat(floats.featureBytes()).isEqualTo(3_136_000_000L);
        assertThat(bytes.classes()).isEqualTo(2);
    }

    @Test
    void refusesSamplesThatAreTooLarge() {
        assertThatThrownBy(() -> info(1, Shape.of(1 << 29), ElementType.FLOAT32))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("536870912 take more");
    }

    @Test
    void refusesAnImpossibleCount() {
        assertThatThrownBy(() -> info(-2, Shape.of(1), ElementType.UINT8))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but it has -2");
    }

    private static DatasetInfo info(final int samples, final Shape shape, final ElementType type) {
        return new DatasetInfo("A test", samples, shape, type, Scaling.AS_STORED, List.of("a", "b"));
    }
}
