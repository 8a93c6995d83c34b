package org.gradienttape.data.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.Encoder;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.column.Texts;
import org.gradienttape.column.TokenCounts;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.TableColumns;
import org.gradienttape.data.Target;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.layer.Shape;

/** Writes the training part of a table, or the held-out one: its cells as they are, texts as the codes of this part. */
final class TablePart implements Closeable {
    private final String name;
    private final List<ColumnRule> features;
    /** Null for numbers, and for texts that are split. */
    private final Texts[] texts;
    /** Null for all others. */
    private final TokenCounts[] tokens;

    private final int[] firstCells;
    private final double[] row;
    private final ByteBuffer bytes;
    private final DatasetWriter writer;
    private int samples;

    /** @param target with the names of classes, if there are any */
    TablePart(final Path folder, final TableRequest request, final Target target, final boolean weighted)
            throws IOException {
        this.name = request.training().name();
        this.features = request.features();
        this.texts = features.stream()
                .map(rule -> rule.column().kind() == Column.Kind.TEXT
                                && rule.tokens().isEmpty()
                        ? new Texts(rule.column().name())
                        : null)
                .toArray(Texts[]::new);
        this.tokens = features.stream()
                .map(rule -> rule.tokens()
                        .map(known -> new TokenCounts(rule.column().name(), known.split()))
                        .orElse(null))
                .toArray(TokenCounts[]::new);
        this.firstCells = ColumnRule.firstCells(features);
        this.row = new double[firstCells[texts.length]];
        this.bytes = ByteBuffer.allocate(Double.BYTES * row.length).order(ByteOrder.LITTLE_ENDIAN);
        // the samples' shape is known when their encoding is learned
        this.writer = DatasetWriter.create(
                folder,
                new DatasetInfo(
                        name,
                        0,
                        Shape.of(1),
                        ElementType.FLOAT32,
                        Scaling.AS_STORED,
                        target,
                        weighted,
                        Optional.empty()));
    }

    /**
     * Takes the features of a row.
     *
     * @return the cells as they are stored; valid until the next row
     */
    double[] take(final TableCells cells, final TableRows.Cursor from) throws IOException {
        read(cells, from);
        writer.writeFeatures(bytes);
        samples++;
        return row;
    }

    /**
     * The same of a row that windows go over.
     *
     * @param place of the row among all of this part
     */
    double[] take(final TableCells cells, final TableRows.Cursor from, final int place) throws IOException {
        read(cells, from);
        writer.writeRow(bytes, place);
        return row;
    }

    /** Takes a sample that is a window over rows. */
    void takeWindow(final int firstPlace) throws IOException {
        writer.writeWindow(firstPlace);
        samples++;
    }

    private void read(final TableCells cells, final TableRows.Cursor from) {
        for (int feature = 0; feature < texts.length; feature++) {
            final int first = firstCells[feature];
            if (tokens[feature] != null) {
                tokens[feature].take(cells.text(from, feature), row, first);
            } else if (texts[feature] != null) {
                final String text = cells.text(from, feature);
                row[first] = text == null ? Double.NaN : texts[feature].code(text);
            } else {
                row[first] = cells.number(from, feature);
            }
        }
        bytes.clear();
        bytes.asDoubleBuffer().put(row);
    }

    DatasetWriter writer() {
        return writer;
    }

    List<StoredColumn> columns() {
        return IntStream.range(0, texts.length)
                .mapToObj(feature -> features.get(feature).stored(texts(feature)))
                .toList();
    }

    private List<String> texts(final int feature) {
        if (tokens[feature] != null) {
            return tokens[feature].list();
        }
        return texts[feature] == null ? List.of() : texts[feature].list();
    }

    /** Those of the columns whose texts are split. */
    List<TokenCounts> tokens() {
        return Arrays.stream(tokens).filter(Objects::nonNull).toList();
    }

    /**
     * Completes the dataset.
     *
     * @param rows how many there are where samples are windows over them
     * @param haveGaps whether these are not evenly spaced
     * @param part for a sentence, for example "the held-out part of iris"
     */
    Dataset finish(
            final Encoding encoding,
            final Target target,
            final boolean weighted,
            final Optional<Integer> rows,
            final boolean haveGaps,
            final String part)
            throws IOException {
        final TableColumns columns = new TableColumns(columns(), encoding, rows, haveGaps);
        Encoder.of(encoding, columns.stored(), part);
        return writer.finish(DatasetInfo.ofRows(name, samples, columns, target, weighted));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
