package org.gradienttape.data.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.OrderReader;
import org.gradienttape.column.Windows;
import org.gradienttape.data.ClassNames;
import org.gradienttape.data.GroupReader;
import org.gradienttape.data.PlainNumber;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;

/** Where the cells of a request stand in the rows of one table: columns are found by name. */
final class TableCells {
    private final TableRows table;
    private final List<Column> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private final int[] features;
    private final boolean[] areNumbers;
    private final int[] targets;
    private final boolean classes;
    private final boolean classesAreNumbers;
    private final int weight;
    private final int order;
    private final GroupReader groups;

    /** @throws InvalidInputException if a column is not there or holds something else than the request says */
    TableCells(final TableRows table, final TableRequest request) {
        this.table = table;
        this.columns = table.columns();
        for (int place = 0; place < columns.size(); place++) {
            places.putIfAbsent(columns.get(place).name(), place);
        }
        this.features = request.features().stream()
                .mapToInt(rule -> find(rule.column().name(), rule.column().kind()))
                .toArray();
        this.areNumbers = new boolean[features.length];
        for (int feature = 0; feature < features.length; feature++) {
            areNumbers[feature] = request.features().get(feature).column().kind() == Kind.NUMBER;
        }
        this.classes = request.goal() instanceof TableRequest.Goal.Classes;
        this.targets = request.targets().stream()
                .mapToInt(name -> classes ? find(name) : find(name, Kind.NUMBER))
                .toArray();
        this.classesAreNumbers = classes && columns.get(targets[0]).kind() == Kind.NUMBER;
        this.weight = request.weight().map(name -> find(name, Kind.NUMBER)).orElse(-1);
        this.order = request.windows()
                .map(Windows::order)
                .map(column -> find(column.name(), column.kind()))
                .orElse(-1);
        final Optional<Column> found = request.windows().flatMap(Windows::group);
        this.groups = new GroupReader(
                found, found.map(column -> find(column.name(), column.kind())).orElse(-1));
    }

    /** Reads when the row was; false if it does not say so. */
    boolean readOrder(final OrderReader reader, final TableRows.Cursor row) {
        return reader.read(row, order);
    }

    /** What reads the group of a row. */
    GroupReader groups() {
        return groups;
    }

    boolean isMissing(final TableRows.Cursor row, final int feature) {
        return areNumbers[feature] ? Double.isNaN(row.number(features[feature])) : row.text(features[feature]) == null;
    }

    double number(final TableRows.Cursor row, final int feature) {
        return row.number(features[feature]);
    }

    String text(final TableRows.Cursor row, final int feature) {
        return row.text(features[feature]);
    }

    boolean lacksTarget(final TableRows.Cursor row) {
        if (classes && !classesAreNumbers) {
            return row.text(targets[0]) == null;
        }
        for (final int target : targets) {
            if (Double.isNaN(row.number(target))) {
                return true;
            }
        }
        return false;
    }

    /** The name of the row's class. */
    String label(final TableRows.Cursor row) {
        return classesAreNumbers ? PlainNumber.of(row, targets[0]) : row.text(targets[0]);
    }

    double target(final TableRows.Cursor row, final int target) {
        return row.number(targets[target]);
    }

    /** NaN if it is missing. */
    double weight(final TableRows.Cursor row) {
        return row.number(weight);
    }

    private int find(final String name, final Kind kind) {
        final int found = find(name);
        if (columns.get(found).kind() != kind) {
            throw new InvalidInputException("The column \"" + name + "\" of " + table.name() + " should hold " + kind
                    + ", but it holds " + columns.get(found).kind() + "; convert it, or choose another one.");
        }
        return found;
    }

    private int find(final String name) {
        final Integer found = places.get(name);
        if (found == null) {
            throw new InvalidInputException("The column \"" + name + "\" was expected in " + table.name()
                    + ", but its columns are "
                    + ClassNames.some(columns.stream().map(Column::name).toList()) + "; choose one of them.");
        }
        return found;
    }
}
