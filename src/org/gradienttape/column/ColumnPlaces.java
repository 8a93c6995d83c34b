package org.gradienttape.column;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;

/** Where the columns of the training data are among those of other data. */
public final class ColumnPlaces {
    private final List<Column> columns;
    private final String dataName;
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * @param columns of the other data
     * @param dataName in a sentence, for example "the validation data iris.csv"
     */
    public ColumnPlaces(final List<Column> columns, final String dataName) {
        this.columns = List.copyOf(columns);
        this.dataName = dataName;
        for (int place = 0; place < columns.size(); place++) {
            places.putIfAbsent(columns.get(place).name(), place);
        }
    }

    /**
     * The number of a column that the training data had.
     *
     * @throws InvalidInputException if it is not there or of another kind
     */
    public int of(final Column wanted) {
        final Integer found = places.get(wanted.name());
        if (found == null) {
            throw new InvalidInputException("The column \"" + wanted.name() + "\" of the training data was expected in "
                    + dataName + ", but it is not there; add it.");
        }
        final Column.Kind kind = columns.get(found).kind();
        if (kind != wanted.kind()) {
            throw new InvalidInputException("The column \"" + wanted.name() + "\" should hold " + wanted.kind() + " in "
                    + dataName + " as in the training data, but it holds " + kind + "; convert it before.");
        }
        return found;
    }
}
