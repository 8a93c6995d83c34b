package org.gradienttape.column;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;

/** Encodings and stored columns as JSON, as they stand in files; what is read is checked as what is made. */
public final class ColumnJson {
    private ColumnJson() {}

    /** An encoding as one JSON object. */
    public static JsonObject toJson(final Encoding encoding) {
        final JsonArray columns = new JsonArray();
        encoding.columns().forEach(column -> columns.add(toJson(column)));
        final JsonObject json = new JsonObject();
        json.add("columns", columns);
        encoding.windows().ifPresent(windows -> json.add("windows", toJson(windows)));
        return json;
    }

    /**
     * Reads what {@link #toJson(Encoding)} gave.
     *
     * @throws InvalidInputException if it is something else
     */
    public static Encoding encoding(final JsonFields json) {
        final List<ColumnEncoding> columns =
                json.objects("columns").stream().map(ColumnJson::column).toList();
        final Optional<Windows> windows =
                json.has("windows") ? Optional.of(windows(json.object("windows"))) : Optional.empty();
        json.finish();
        return new Encoding(columns, windows);
    }

    private static JsonObject toJson(final Windows windows) {
        final JsonObject json = new JsonObject();
        json.add("order", start(windows.order().name(), windows.order().kind()));
        windows.group().ifPresent(group -> json.add("group", start(group.name(), group.kind())));
        json.addProperty("length", windows.length());
        json.addProperty("horizon", windows.horizon());
        json.addProperty("gaps_refused", windows.areGapsRefused());
        return json;
    }

    private static Windows windows(final JsonFields json) {
        final Column order = plainColumn(json.object("order"));
        final Optional<Column> group =
                json.has("group") ? Optional.of(plainColumn(json.object("group"))) : Optional.empty();
        final int length = (int) json.integer("length", 1, Integer.MAX_VALUE);
        final int horizon = (int) json.integer("horizon", 0, Integer.MAX_VALUE);
        final boolean areGapsRefused = json.bool("gaps_refused");
        json.finish();
        return new Windows(order, group, length, horizon, areGapsRefused);
    }

    private static Column plainColumn(final JsonFields json) {
        final Column column = new Column(json.string("name"), json.constant("kind", Column.Kind.values()));
        json.finish();
        return column;
    }

    /** The columns of a dataset as a JSON list. */
    public static JsonArray toJson(final List<StoredColumn> columns) {
        final JsonArray json = new JsonArray();
        for (final StoredColumn column : columns) {
            final JsonObject object = start(column.name(), column.kind());
            if (column.kind() == Column.Kind.TEXT) {
                object.add("texts", list(column.texts()));
            }
            column.split().ifPresent(split -> object.add("split", toJson(split)));
            json.add(object);
        }
        return json;
    }

    /**
     * Reads what {@link #toJson(List)} gave.
     *
     * @param field the list
     * @throws InvalidInputException if it is something else
     */
    public static List<StoredColumn> storedColumns(final JsonFields json, final String field) {
        final List<StoredColumn> columns =
                json.objects(field).stream().map(ColumnJson::storedColumn).toList();
        Column.checkNames(columns.stream().map(StoredColumn::name).toList(), "the file");
        return columns;
    }

    private static StoredColumn storedColumn(final JsonFields json) {
        final Column column = new Column(json.string("name"), json.constant("kind", Column.Kind.values()));
        final List<String> texts = column.kind() == Column.Kind.TEXT ? json.strings("texts") : List.of();
        final Optional<TextSplit> split =
                json.has("split") ? Optional.of(split(json.object("split"))) : Optional.empty();
        json.finish();
        return new StoredColumn(column, texts, split);
    }

    private static JsonObject toJson(final ColumnEncoding column) {
        if (column instanceof NumberEncoding number) {
            return toJson(number);
        }
        return column instanceof TokenEncoding text ? toJson(text) : toJson((OneHotEncoding) column);
    }

    private static JsonObject toJson(final NumberEncoding number) {
        final JsonObject json = start(number.name(), number.kind());
        json.addProperty("scaling", JsonFields.text(number.scaling()));
        json.addProperty("shift", number.shift());
        json.addProperty("divisor", number.divisor());
        number.missing().ifPresent(missing -> json.addProperty("missing", missing));
        return json;
    }

    private static JsonObject toJson(final OneHotEncoding text) {
        final JsonObject json = start(text.name(), text.kind());
        json.add("categories", list(text.categories()));
        json.addProperty("other", text.other());
        text.missing().ifPresent(missing -> json.addProperty("missing", missing));
        return json;
    }

    private static ColumnEncoding column(final JsonFields json) {
        final String name = json.string("name");
        if (json.constant("kind", Column.Kind.values()) == Column.Kind.NUMBER) {
            return number(json, name);
        }
        return json.has("vocabulary") ? tokens(json, name) : text(json, name);
    }

    private static NumberEncoding number(final JsonFields json, final String name) {
        final NumberScaling scaling = json.constant("scaling", NumberScaling.values());
        final double shift = json.number("shift");
        final double divisor = json.number("divisor");
        final OptionalDouble missing =
                json.has("missing") ? OptionalDouble.of(json.number("missing")) : OptionalDouble.empty();
        json.finish();
        return new NumberEncoding(name, scaling, shift, divisor, missing);
    }

    private static OneHotEncoding text(final JsonFields json, final String name) {
        final List<String> categories = json.strings("categories");
        final boolean other = json.bool("other");
        final Optional<String> missing = json.has("missing") ? Optional.of(json.string("missing")) : Optional.empty();
        json.finish();
        return new OneHotEncoding(name, categories, other, missing);
    }

    private static JsonObject toJson(final TokenEncoding text) {
        final JsonObject json = start(text.name(), text.kind());
        json.add("split", toJson(text.split()));
        json.add("vocabulary", list(text.vocabulary()));
        json.addProperty("missing_is_empty", text.isMissingEmpty());
        return json;
    }

    private static TokenEncoding tokens(final JsonFields json, final String name) {
        final TextSplit split = split(json.object("split"));
        final List<String> vocabulary = json.strings("vocabulary");
        final boolean isMissingEmpty = json.bool("missing_is_empty");
        json.finish();
        return new TokenEncoding(name, split, vocabulary, isMissingEmpty);
    }

    private static JsonObject toJson(final TextSplit split) {
        final JsonObject json = new JsonObject();
        json.addProperty("standardize", JsonFields.text(split.standardize()));
        json.addProperty("unit", JsonFields.text(split.unit()));
        json.addProperty("length", split.length());
        return json;
    }

    private static TextSplit split(final JsonFields json) {
        final TextSplit split = new TextSplit(
                json.constant("standardize", TextSplit.Standardize.values()),
                json.constant("unit", TextSplit.Unit.values()),
                (int) json.integer("length", 1, Integer.MAX_VALUE));
        json.finish();
        return split;
    }

    private static JsonObject start(final String name, final Column.Kind kind) {
        final JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("kind", JsonFields.text(kind));
        return json;
    }

    private static JsonArray list(final List<String> texts) {
        final JsonArray json = new JsonArray(texts.size());
        texts.forEach(json::add);
        return json;
    }
}
