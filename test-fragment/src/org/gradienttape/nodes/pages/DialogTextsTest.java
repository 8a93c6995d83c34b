package org.gradienttape.nodes.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.nodes.RegisteredNodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.widget.choices.Label;

/** Texts of nodes and dialogs have the form that they have in KNIME's own nodes. */
class DialogTextsTest {
    /** Types of layers, whose message explains the chosen one, and the activations, which are among them. */
    private static final Set<String> EXPLAINED = Set.of("LayerType", "ActivationFunction");

    static Stream<DefaultNodeFactory> nodes() {
        return RegisteredNodes.factories().stream();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aNodeIsNamedInTitleCaseAndDescribedInOneSentence(final DefaultNodeFactory factory) {
        final NodeDeclaration node = NodeDeclaration.of(factory);

        assertThat(node.name().split(" "))
                .allSatisfy(word -> assertThat(word).matches("[A-Z]\\w*|\\([A-Z]\\w*\\)|to|of|and"));
        assertThat(node.shortDescription()).matches("[A-Z].*[a-z0-9]\\.").hasSizeLessThan(120);
        assertThat(node.identity().keywords()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(node.ports()).allSatisfy(port -> {
            assertThat(port.name()).matches("[A-Z][a-z -]*");
            assertThat(port.description().strip()).endsWith(".");
        });
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void settingsHaveTitlesInSentenceCaseAndDescriptionsInSentences(final DefaultNodeFactory factory) {
        for (final Field field : settings(parameters(factory))) {
            final Widget widget = field.getAnnotation(Widget.class);
            if (widget != null) {
                assertThat(widget.title())
                        .as(field.toString())
                        .matches("[A-Z0-9].*[^.:]")
                        .hasSizeLessThan(50);
                assertThat(widget.description().strip()).as(field.toString()).matches("(?s)[A-Z<0-9].*[.>]");
            }
            if (field.getType().isEnum()) {
                assertThat(labels(field.getType())).as(field.toString()).allSatisfy(label -> assertThat(label.value())
                        .matches("[A-Z].*[^.:]"));
                assertThat(labels(field.getType()))
                        .as(field.toString())
                        .allMatch(label -> label.description().strip().endsWith(".")
                                || EXPLAINED.contains(field.getType().getSimpleName()));
            }
        }
    }

    /** A field without one would stand above the first section. */
    @ParameterizedTest
    @MethodSource("nodes")
    void whereThereAreSectionsEverySettingIsInOne(final DefaultNodeFactory factory) {
        final List<Field> fields = Dialog.fields(parameters(factory)).toList();

        if (fields.stream().anyMatch(field -> field.isAnnotationPresent(Layout.class))) {
            assertThat(fields).allMatch(field -> field.isAnnotationPresent(Layout.class));
        }
    }

    private static Class<? extends NodeParameters> parameters(final DefaultNodeFactory factory) {
        return NodeDeclaration.of(factory).behaviour().parametersClass().orElseThrow();
    }

    /** The settings of a class and of the groups in it. */
    private static List<Field> settings(final Class<?> type) {
        final List<Field> all = new ArrayList<>();
        Dialog.fields(type).forEach(field -> {
            all.add(field);
            final Class<?> content = field.getType().isArray() ? field.getType().componentType() : field.getType();
            if (NodeParameters.class.isAssignableFrom(content)) {
                all.addAll(settings(content));
            }
        });
        return all;
    }

    private static List<Label> labels(final Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(constant -> constant.getAnnotation(Label.class))
                .toList();
    }
}
