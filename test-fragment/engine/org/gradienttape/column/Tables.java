package org.gradienttape.column;

import java.util.List;

/** Columns and rules for tests. */
final class Tables {
    static final Column AGE = new Column("age", Column.Kind.NUMBER);
    static final Column COLOR = new Column("color", Column.Kind.TEXT);

    private Tables() {}

    static ColumnRule rule(final Column column) {
        return rule(column, NumberScaling.STANDARDIZED);
    }

    static ColumnRule rule(final Column column, final NumberScaling scaling) {
        return new ColumnRule(column, scaling, MissingRule.REFUSE, UnknownRule.REFUSE);
    }

    static StoredColumn numbers(final String name) {
        return new StoredColumn(new Column(name, Column.Kind.NUMBER), List.of());
    }

    static StoredColumn texts(final String name, final String... texts) {
        return new StoredColumn(new Column(name, Column.Kind.TEXT), List.of(texts));
    }

    /** Learns from one column. */
    static ColumnEncoding learn(final ColumnRule rule, final StoredColumn column, final double... cells) {
        final EncodingLearner learner = new EncodingLearner(List.of(rule));
        for (final double cell : cells) {
            learner.add(new double[] {cell});
        }
        return learner.learn(List.of(column), List.of()).columns().get(0);
    }
}
