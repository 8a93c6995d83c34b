package org.gradienttape.data;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.ColumnJson;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.JsonText;
import org.gradienttape.layer.Shape;

/** What a dataset is, as JSON: its dataset.json, and what a saved port tells of it. */
public final class DatasetJson {
    private static final String FORMAT = "gradienttape-dataset";
    private static final int VERSION = 2;
    private static final int MOST_DIMENSIONS = 32;

    private DatasetJson() {}

    public static String write(final DatasetInfo info) {
        final JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("version", VERSION);
        json.addProperty("name", info.name());
        json.addProperty("samples", info.samples());
        final JsonArray shape = new JsonArray();
        info.sampleShape().dimensions().forEach(shape::add);
        json.add("sampleShape", shape);
        json.addProperty("elementType", JsonFields.text(info.elementType()));
        json.addProperty("scaling", JsonFields.text(info.scaling()));
        json.add("target", TargetJson.toJson(info.target()));
        json.addProperty("weighted", info.weighted());
        info.columns().ifPresent(columns -> {
            json.add("columns", ColumnJson.toJson(columns.stored()));
            json.add("encoding", ColumnJson.toJson(columns.encoding()));
            columns.rows().ifPresent(rows -> {
                json.addProperty("rows", rows);
                json.addProperty("gaps", columns.haveGaps());
            });
        });
        return JsonText.of(new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json))
                + "\n";
    }

    /**
     * Reads what {@link #write} gave.
     *
     * @param source how it is named in a sentence
     * @throws InvalidInputException if it is damaged, or of another version
     */
    public static DatasetInfo read(final byte[] text, final JsonFields.Source source) {
        final JsonFields json = JsonFields.parse(text, source);
        if (!json.string("format").equals(FORMAT)) {
            throw json.error("format", FORMAT, json.string("format"));
        }
        json.integer("version", VERSION, VERSION);
        final DatasetInfo info = new DatasetInfo(
                json.string("name"),
                (int) json.integer("samples", 0, Integer.MAX_VALUE),
                shape(json),
                json.constant("elementType", ElementType.values()),
                json.constant("scaling", Scaling.values()),
                TargetJson.from(json.object("target")),
                json.bool("weighted"),
                columns(json));
        json.finish();
        checkRows(info, json);
        return info;
    }

    /** The same from a text. */
    public static DatasetInfo read(final String text, final JsonFields.Source source) {
        return read(text.getBytes(StandardCharsets.UTF_8), source);
    }

    private static Optional<TableColumns> columns(final JsonFields json) {
        if (!json.has("columns")) {
            return Optional.empty();
        }
        final List<StoredColumn> stored = ColumnJson.storedColumns(json, "columns");
        final Encoding encoding = ColumnJson.encoding(json.object("encoding"));
        final Optional<Integer> rows = encoding.windows().isPresent()
                ? Optional.of((int) json.integer("rows", 0, Integer.MAX_VALUE))
                : Optional.empty();
        final boolean haveGaps = rows.isPresent() && json.has("gaps") && json.bool("gaps");
        return Optional.of(new TableColumns(stored, encoding, rows, haveGaps));
    }

    /** Rows say themselves what their samples are. */
    private static void checkRows(final DatasetInfo info, final JsonFields json) {
        if (info.columns().isEmpty()) {
            return;
        }
        final DatasetInfo rows =
                DatasetInfo.ofRows(info.name(), info.samples(), info.columns().get(), info.target(), info.weighted());
        if (!rows.equals(info)) {
            throw json.error(
                    "sampleShape",
                    rows.sampleShape() + " as float32, unscaled, for its encoding",
                    info.sampleShape() + " as " + JsonFields.text(info.elementType()));
        }
    }

    private static Shape shape(final JsonFields json) {
        final var sizes = json.integers("sampleShape", 1, Integer.MAX_VALUE);
        if (sizes.size() > MOST_DIMENSIONS) {
            throw json.error("sampleShape", "at most " + MOST_DIMENSIONS + " sizes", sizes.size() + " sizes");
        }
        return new Shape(sizes.stream().map(Long::intValue).toList());
    }
}
