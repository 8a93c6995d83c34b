package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.message.TextMessage;

/** The types of layers as the dialog offers and explains them. */
class LayerTypeTest {
    /** A dialog in which a type is chosen, and when it asks for the explanation. */
    private record OpenDialog(LayerType type, List<String> asks) implements StateProvider.StateProviderInitializer {
        OpenDialog(final LayerType type) {
            this(type, new ArrayList<>());
        }

        @Override
        public NodeParametersInput getNodeParametersInput() {
            return null;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Supplier<T> computeFromValueSupplier(final Class<? extends ParameterReference<T>> ref) {
            asks.add(ref.getSimpleName());
            return () -> (T) type;
        }

        @Override
        public <T> Supplier<T> getValueSupplier(final Class<? extends ParameterReference<T>> ref) {
            return null;
        }

        @Override
        public <T> void computeOnValueChange(final Class<? extends ParameterReference<T>> id) {}

        @Override
        public <T> Supplier<T> computeFromProvidedState(final Class<? extends StateProvider<T>> provider) {
            return null;
        }

        @Override
        public void computeBeforeOpenDialog() {
            asks.add("open");
        }

        @Override
        public void computeAfterOpenDialog() {}
    }

    @ParameterizedTest
    @EnumSource(LayerType.class)
    void theDialogExplainsTheChosenTypeAlone(final LayerType type) throws NoSuchFieldException {
        final OpenDialog dialog = new OpenDialog(type);
        final LayerParameters.Explanation explanation = new LayerParameters.Explanation();
        explanation.init(dialog);
        final Label label = LayerType.class.getField(type.name()).getAnnotation(Label.class);

        assertThat(dialog.asks()).containsExactlyInAnyOrder("open", "TypeReference");
        assertThat(explanation.computeState(null))
                .hasValue(new TextMessage.Message(label.value(), type.explanation(), TextMessage.MessageType.INFO));
        assertThat(type.explanation()).endsWith(".").hasSizeLessThan(200);
        // a description of one type would bring all of them into the help
        assertThat(label.description()).isEmpty();
    }

    @Test
    void theCommonTypesComeFirst() {
        assertThat(LayerType.values())
                .startsWith(
                        LayerType.DENSE,
                        LayerType.CONV_2D,
                        LayerType.MAX_POOLING_2D,
                        LayerType.FLATTEN,
                        LayerType.DROPOUT,
                        LayerType.BATCH_NORMALIZATION,
                        LayerType.RELU,
                        LayerType.JAVA_CODE);
    }
}
