package org.gradienttape.nodes.modelbuilder;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.UnsetText;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** What the person at the dialog of the Layer node sets. The names of the constants stand in saved workflows. */
@LoadDefaultsForAbsentFields
public final class LayerNodeParameters implements NodeParameters {
    /** What the node adds. */
    enum Kind {
        @Label(value = "Layer", description = "One of Keras' layers, or one of your own, behind the connected model.")
        LAYER,
        @Label(
                value = "Join",
                description = "A layer that joins the ends of several connected models; the node's + adds ports.")
        JOIN,
        @Label(
                value = "Input columns",
                description =
                        "An input of its own for some columns of a table. The connected model is a Model Builder's"
                                + " with no layers, to whose port Dataset the table's dataset is connected.")
        INPUT_COLUMNS
    }

    /** Keras' merging layers. */
    enum Join {
        @Label(value = "Add", description = "The sum.")
        ADD(axis -> new JoinLayer.Add()),
        @Label(value = "Concatenate", description = "The inputs behind each other, along an axis.")
        CONCATENATE(JoinLayer.Concatenate::new),
        @Label(value = "Multiply", description = "The product.")
        MULTIPLY(axis -> new JoinLayer.Multiply()),
        @Label(value = "Average", description = "The mean.")
        AVERAGE(axis -> new JoinLayer.Average()),
        @Label(value = "Maximum", description = "The largest number in each place.")
        MAXIMUM(axis -> new JoinLayer.Maximum()),
        @Label(value = "Minimum", description = "The smallest number in each place.")
        MINIMUM(axis -> new JoinLayer.Minimum()),
        @Label(value = "Subtract", description = "The first model's output less that of the second.")
        SUBTRACT(axis -> new JoinLayer.Subtract());

        private final IntFunction<JoinLayer> layer;

        Join(final IntFunction<JoinLayer> layer) {
            this.layer = layer;
        }

        JoinLayer layer(final int axis) {
            return layer.apply(axis);
        }
    }

    /** Groups of columns. */
    enum Columns {
        @Label(value = "Numbers", description = "All columns of numbers.")
        NUMBERS,
        @Label(value = "Text", description = "All columns of text: the categories.")
        TEXT,
        @Label(value = "Chosen columns", description = "The columns that are named below.")
        CHOSEN
    }

    static final class KindReference implements ParameterReference<Kind> {}

    static final class JoinReference implements ParameterReference<Join> {}

    static final class ColumnsReference implements ParameterReference<Columns> {}

    /** Shows a field for a kind. */
    abstract static class Is implements EffectPredicateProvider {
        private final Kind kind;

        Is(final Kind kind) {
            this.kind = kind;
        }

        @Override
        public final EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class).isOneOf(kind);
        }
    }

    static final class IsLayer extends Is {
        IsLayer() {
            super(Kind.LAYER);
        }
    }

    static final class IsJoin extends Is {
        IsJoin() {
            super(Kind.JOIN);
        }
    }

    static final class IsInputColumns extends Is {
        IsInputColumns() {
            super(Kind.INPUT_COLUMNS);
        }
    }

    static final class HasAxis implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class)
                    .isOneOf(Kind.JOIN)
                    .and(i.getEnum(JoinReference.class).isOneOf(Join.CONCATENATE));
        }
    }

    static final class HasNames implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KindReference.class)
                    .isOneOf(Kind.INPUT_COLUMNS)
                    .and(i.getEnum(ColumnsReference.class).isOneOf(Columns.CHOSEN));
        }
    }

    @Widget(title = "What to add", description = "What comes behind the connected models.")
    @ValueReference(KindReference.class)
    @RadioButtonsWidget
    Kind kind = Kind.LAYER;

    @Effect(predicate = IsLayer.class, type = EffectType.SHOW)
    LayerParameters layer = new LayerParameters();

    @Widget(title = "Joined by", description = "What becomes of the numbers of all connected models.")
    @ValueReference(JoinReference.class)
    @Effect(predicate = IsJoin.class, type = EffectType.SHOW)
    Join join = Join.ADD;

    @Widget(
            title = "Axis",
            description =
                    "Along which Concatenate puts its inputs behind each other, counted as in Keras: 0 is the batch,"
                            + " 1 the first axis of a sample, -1 the last one.")
    @Effect(predicate = HasAxis.class, type = EffectType.SHOW)
    int axis = -1;

    @Widget(title = "Columns", description = "Which columns of the dataset this input takes.")
    @ValueReference(ColumnsReference.class)
    @Effect(predicate = IsInputColumns.class, type = EffectType.SHOW)
    Columns columns = Columns.NUMBERS;

    @Widget(title = "Column names", description = "One column in each line.")
    @TextAreaWidget(rows = 5)
    @Effect(predicate = HasNames.class, type = EffectType.SHOW)
    String columnNames = "";

    @Widget(
            title = "Name",
            description =
                    "What the layer is called in the model: letters, digits and underscores, as in <i>numbers</i>."
                            + " Empty for Keras' name, such as dense_1.")
    String name = "";

    @Widget(
            title = "Seed",
            description =
                    "Starts the random weights. Nodes with the same seed have different weights all the same; each"
                            + " node has the same ones every time.")
    long seed;

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(() -> kind == Kind.LAYER ? part() : kind == Kind.JOIN ? join.layer(axis) : name);
    }

    Optional<String> name() {
        return Optional.of(name.strip()).filter(text -> !text.isEmpty());
    }

    NetworkBuilder.Part part() {
        return layer.part(1);
    }

    /**
     * The layer, if that is known without running code.
     *
     * @param inputs how many models are connected
     * @param known of the first of them
     */
    Optional<Layer> known(final int inputs, final Preprocessing known) {
        if (kind != Kind.JOIN && inputs > 1) {
            throw new InvalidInputException("Only a layer that joins takes several models, but " + inputs
                    + " are connected; choose Join, or take the other ports away.");
        }
        return switch (kind) {
            case LAYER -> part() instanceof NetworkBuilder.Ready ready ? Optional.of(ready.layer()) : Optional.empty();
            case JOIN -> Optional.of(join.layer(axis));
            case INPUT_COLUMNS ->
                Optional.of(inputColumns(known.encoding()
                        .orElseThrow(
                                () -> new InvalidInputException("The model should know the columns of its table, but it"
                                        + " does not; connect the table's dataset to the port Dataset of the Model Builder that it"
                                        + " comes from."))));
        };
    }

    private Layer inputColumns(final Encoding encoding) {
        final List<String> wanted = columnNames
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        final List<Integer> places = new ArrayList<>();
        final Set<String> missing = new LinkedHashSet<>(columns == Columns.CHOSEN ? wanted : List.of());
        int place = 0;
        for (final ColumnEncoding column : encoding.columns()) {
            final boolean isTaken =
                    switch (columns) {
                        case NUMBERS -> column instanceof NumberEncoding;
                        case TEXT -> !(column instanceof NumberEncoding);
                        case CHOSEN -> missing.remove(column.name());
                    };
            for (int i = 0; i < column.width(); i++) {
                if (isTaken) {
                    places.add(place);
                }
                place++;
            }
        }
        final String all = String.join(
                ", ", encoding.columns().stream().map(ColumnEncoding::name).toList());
        if (!missing.isEmpty()) {
            throw new InvalidInputException("The input should take the column "
                    + missing.iterator().next()
                    + ", but the dataset has the columns " + all + "; correct the column names.");
        }
        if (places.isEmpty()) {
            throw new InvalidInputException("The input should take columns"
                    + (columns == Columns.NUMBERS ? " of numbers" : columns == Columns.TEXT ? " of text" : "")
                    + ", but none of " + all + " is one; choose other columns.");
        }
        return new Layer.InputColumns(places);
    }
}
