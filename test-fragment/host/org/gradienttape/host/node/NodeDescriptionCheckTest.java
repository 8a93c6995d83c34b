package org.gradienttape.host.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.choices.ColumnChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.filter.ColumnFilterWidget;

class NodeDescriptionCheckTest {

    private static final class Factory extends DefaultNodeFactory {
        Factory(
                final String shortText,
                final String fullText,
                final String portText,
                final String viewText,
                final Class<? extends NodeParameters> parameters) {
            super(DefaultNode.create()
                    .name("Counter")
                    .icon("none.png")
                    .shortDescription(shortText)
                    .fullDescription(fullText)
                    .sinceVersion(1, 0, 0)
                    .ports(ports -> ports.addInputTable("Table", portText))
                    .model(model -> model.parametersClass(parameters)
                            .configure((in, out) -> {})
                            .execute((in, out) -> {}))
                    .addView(view -> view.withoutParameters()
                            .description(viewText)
                            .page(page -> page.fromString(() -> "").relativePath("index.html"))));
        }

        Factory(
                final String shortText,
                final String fullText,
                final String portText,
                final Class<? extends NodeParameters> parameters) {
            this(shortText, fullText, portText, "A view.", parameters);
        }
    }

    private static List<String> problems(final Class<? extends NodeParameters> parameters) {
        return problems(new Factory("Counts.", "Counts.", "A table.", parameters));
    }

    /** Without the one about the icon, which the factories of these tests lack. */
    private static List<String> problems(final DefaultNodeFactory factory) {
        final List<String> problems = NodeDescriptionCheck.problems(factory);
        assertThat(problems).first().asString().startsWith("The icon none.png is no image of 16x16 pixels beside ");
        return problems.subList(1, problems.size());
    }

    @Test
    void theDescriptionOfTheViewIsXml() {
        assertThat(problems(new Factory("Counts.", "Counts.", "A table.", "Loss & accuracy", Good.class)))
                .singleElement()
                .asString()
                .startsWith("The description of the view");
    }

    enum Mode {
        @Label(value = "Fast & rough", description = "Takes <i>seconds</i>.")
        FAST,
        SLOW
    }

    static final class Good implements NodeParameters {
        interface ModeReference extends ParameterReference<Mode> {}

        static final class Shuffle implements BooleanReference {}

        static final class IsFast implements EffectPredicateProvider {
            @Override
            public EffectPredicate init(final PredicateInitializer i) {
                return and(i.getEnum(ModeReference.class).isOneOf(Mode.FAST), not(i.getPredicate(Shuffle.class)));
            }
        }

        static final class DefaultMode implements OptionalWidget.DefaultValueProvider<Mode> {
            @Override
            public Mode computeState(final NodeParametersInput input) {
                return Mode.FAST;
            }
        }

        @Widget(title = "Mode", description = "One of <ul><li>fast</li><li>slow</li></ul>")
        @ValueReference(ModeReference.class)
        Mode m_mode = Mode.FAST;

        @Widget(title = "Shuffle", description = "Whether to shuffle &amp; mix.")
        @ValueReference(Shuffle.class)
        boolean m_shuffle;

        @Widget(title = "Steps", description = "<p>How many.</p>")
        @Effect(predicate = IsFast.class, type = EffectType.SHOW)
        int m_steps = 1;

        @Widget(title = "Other mode", description = "May be absent.")
        @OptionalWidget(defaultProvider = DefaultMode.class)
        Optional<Mode> m_other = Optional.empty();
    }

    @Test
    void goodNodeHasNoProblems() {
        assertThat(problems(new Factory(
                        "Counts &lt; 10 &amp; more.",
                        "<p>Counts <b>rows</b>, see <a"
                                + " href=\"x\">there</a>.<br/></p><h3>More</h3><table><tr><td>1</td></tr></table>",
                        "<ul><li>a <code>table</code></li></ul>",
                        Good.class)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"black & white", "a < b", "<b>open", "&nbsp;"})
    void textThatIsNoXmlIsFound(final String text) {
        assertThat(problems(new Factory(text, "", "", Good.class)))
                .singleElement()
                .asString()
                .startsWith("The short description is no XML (write &amp; and &lt; for the raw characters): ");
        assertThat(problems(new Factory("", text, "", Good.class)))
                .singleElement()
                .asString()
                .startsWith("The full description is no XML");
        assertThat(problems(new Factory("", "", text, Good.class)))
                .singleElement()
                .asString()
                .startsWith("The description of port \"Table\" is no XML");
    }

    /** Which element may stand where is said by KNIME's schema of node descriptions, version 5.3. */
    @Test
    void elementInTheWrongPlaceIsFound() {
        assertThat(problems(new Factory("<b>bold</b>", "<h1>big</h1>", "<h3>small</h3>", Good.class)))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem)
                        .isEqualTo("The short description has an element <b> where KNIME allows none."))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("The full description has an element <h1> where KNIME allows only a, b, br, "))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("The description of port \"Table\" has an element <h3> where KNIME allows only "));
        assertThat(problems(new Factory("", "<ul>text</ul>", "", Good.class)))
                .containsExactly("The full description has text directly in an element <ul>.");
        assertThat(problems(new Factory("", "<ul><li><p>x</p></li></ul>", "", Good.class)))
                .singleElement()
                .asString()
                .startsWith("The full description has an element <p> where KNIME allows only ");
    }

    static final class BadTexts implements NodeParameters {
        enum Kind {
            @Label(value = "One", description = "a & b")
            ONE
        }

        static final class Element implements NodeParameters {
            @Widget(title = "Size", description = "<p>in a list item</p>")
            int m_size = 1;
        }

        @Widget(title = "Count", description = "count < 3")
        int m_count = 1;

        @Widget(title = "", description = "Untitled.")
        int m_untitled = 1;

        @Widget(title = "Kind", description = "What it is.")
        Kind m_kind = Kind.ONE;

        @Widget(title = "Elements", description = "Many.")
        Element[] m_elements = {};
    }

    @Test
    void badTextsOfParametersAreFound() {
        assertThat(problems(BadTexts.class)).hasSize(4);
        assertThat(problems(BadTexts.class))
                .anySatisfy(problem -> assertThat(problem).startsWith("The description of BadTexts.m_count is no XML"))
                .anySatisfy(problem ->
                        assertThat(problem).isEqualTo("The field BadTexts.m_untitled needs a title and a description."))
                .anySatisfy(problem -> assertThat(problem).startsWith("The description of ONE is no XML"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("The description of Element.m_size has an element <p> where"));
    }

    static final class Invisible implements NodeParameters {
        @Widget(title = "Private", description = "Not seen.")
        private int m_private = 1;

        int m_count = 2;

        int sum() {
            return m_private + m_count;
        }
    }

    @Test
    void parametersThatNobodyCanSetAreFound() {
        assertThat(problems(Invisible.class))
                .containsExactly(
                        "The field Invisible.m_private has a @Widget, but is private, static or transient: KNIME"
                                + " neither shows nor stores it.",
                        "The field Invisible.m_count has no @Widget, so nobody can set it in the dialog.",
                        "No field of Invisible has a @Widget; a node without visible parameters is declared"
                                + " withoutParameters().");
    }

    static final class Unusable implements NodeParameters {
        interface Missing extends ParameterReference<Boolean> {}

        interface Number extends ParameterReference<Boolean> {}

        static final class NeedsMissing implements EffectPredicateProvider {
            @Override
            public EffectPredicate init(final PredicateInitializer i) {
                return i.getBoolean(Missing.class).isTrue();
            }
        }

        static final class NeedsNumber implements EffectPredicateProvider {
            @Override
            public EffectPredicate init(final PredicateInitializer i) {
                return i.getBoolean(Number.class).isTrue();
            }
        }

        @Widget(title = "Mode", description = "An optional enum.")
        Optional<Mode> m_mode = Optional.empty();

        @Widget(title = "A", description = "a")
        @Effect(predicate = NeedsMissing.class, type = EffectType.HIDE)
        int m_a = 1;

        @Widget(title = "B", description = "b")
        @Effect(predicate = NeedsNumber.class, type = EffectType.HIDE)
        @ValueReference(Number.class)
        int m_b = 1;

        @Widget(title = "C", description = "c")
        @ValueReference(Number.class)
        boolean m_c;
    }

    @Test
    void whatBreaksTheDialogIsFound() {
        assertThat(problems(Unusable.class))
                .containsExactly(
                        "The field Unusable.m_mode is an optional enum and needs an @OptionalWidget with a default.",
                        "Two fields have the reference Number; one is Unusable.m_c.",
                        "The effect on Unusable.m_a cannot work: No field has the reference Missing.");
    }

    static final class WrongReference implements NodeParameters {
        interface Number extends ParameterReference<Boolean> {}

        static final class NeedsNumber implements EffectPredicateProvider {
            @Override
            public EffectPredicate init(final PredicateInitializer i) {
                return i.getBoolean(Number.class).isTrue();
            }
        }

        @Widget(title = "B", description = "b")
        @Effect(predicate = NeedsNumber.class, type = EffectType.HIDE)
        @ValueReference(Number.class)
        int m_b = 1;
    }

    @Test
    void referenceOfAnotherTypeIsFound() {
        assertThat(problems(WrongReference.class))
                .containsExactly(
                        "The effect on WrongReference.m_b cannot work: The reference Number is used as boolean, but"
                                + " WrongReference.m_b is of type int.");
    }

    static final class Unstorable implements NodeParameters {
        @Widget(title = "A", description = "a")
        Optional<Integer> m_limit;
    }

    @Test
    void parametersThatCannotBeStoredAreFound() {
        assertThat(problems(Unstorable.class))
                .contains("The field Unstorable.m_limit is null, which cannot be stored; use Optional.empty().");
    }

    @Test
    void fixedPortAfterOptionalOneIsFound() {
        final DefaultNode node = DefaultNode.create()
                .name("Node")
                .icon("none.png")
                .shortDescription("")
                .fullDescription("")
                .sinceVersion(1, 0, 0)
                .dynamicPorts(ports -> ports.addInputPortGroup("a", port -> port.name("A")
                                .description("")
                                .optional()
                                .supportedTypes(BufferedDataTable.TYPE))
                        .addInputPortGroup(
                                "b", port -> port.name("B").description("").fixed(BufferedDataTable.TYPE)))
                .model(model ->
                        model.withoutParameters().configure((in, out) -> {}).execute((in, out) -> {}));

        assertThat(problems(new DefaultNodeFactory(node) {}))
                .containsExactly(
                        "The port \"B\" is fixed and stands after one that a workflow may change; declare fixed ports"
                                + " first.");
    }

    /** KNIME's schema of node descriptions wants dynamic ports behind the others. */
    @Test
    void fixedPortAfterExchangeableOneIsFound() {
        final DefaultNode node = DefaultNode.create()
                .name("Node")
                .icon("none.png")
                .shortDescription("")
                .fullDescription("")
                .sinceVersion(1, 0, 0)
                .dynamicPorts(ports -> ports.addInputPortGroup("a", port -> port.name("A")
                                .description("")
                                .exchangable(BufferedDataTable.TYPE)
                                .supportedTypes(BufferedDataTable.TYPE, ImagePortObject.TYPE))
                        .addInputPortGroup(
                                "b", port -> port.name("B").description("").fixed(BufferedDataTable.TYPE)))
                .model(model ->
                        model.withoutParameters().configure((in, out) -> {}).execute((in, out) -> {}));

        assertThat(problems(new DefaultNodeFactory(node) {}))
                .containsExactly(
                        "The port \"B\" is fixed and stands after one that a workflow may change; declare fixed ports"
                                + " first.");
    }

    static final class Filters implements NodeParameters {
        static final class Columns implements ColumnChoicesProvider {}

        @Widget(title = "Good", description = "Good columns.")
        @ColumnFilterWidget(choicesProvider = Columns.class)
        ColumnFilter m_good = new ColumnFilter();

        @Widget(title = "Bad", description = "Bad columns.")
        ColumnFilter m_bad = new ColumnFilter();

        @ColumnFilterWidget(choicesProvider = Columns.class)
        ColumnFilter m_hidden = new ColumnFilter();
    }

    @Test
    void aColumnFilterIsOneControlThatOffersColumns() {
        assertThat(problems(Filters.class))
                .containsExactly(
                        "The field Filters.m_bad is a column filter and needs a @ColumnFilterWidget.",
                        "The field Filters.m_hidden has no @Widget, so nobody can set it in the dialog.");
    }
}
