package org.gradienttape.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.data.csv.ColumnChoice;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvSyntax;
import org.gradienttape.data.csv.CsvSyntax.FirstLine;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.reader.PixelRows;
import org.gradienttape.data.reader.TableSource;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageForm.Colors;
import org.gradienttape.data.source.ReadRequest;

/** Reads sources whole and shows what came out. */
public final class ReadFixture {
    private final Path folder;
    private SampleShape shape = SampleShape.FLAT;
    private HeldOut heldOut = new HeldOut.None();
    private int limit;

    public ReadFixture(final Path folder) {
        this.folder = folder;
    }

    public ReadFixture images() {
        shape = SampleShape.IMAGE;
        return this;
    }

    public ReadFixture heldOut(final HeldOut rule) {
        heldOut = rule;
        return this;
    }

    ReadFixture limit(final int samples) {
        limit = samples;
        return this;
    }

    public ReadRequest request(final DatasetSource source) {
        return new ReadRequest(
                source, new ReadRequest.Form(Scaling.AS_STORED, shape), new ReadRequest.Split(heldOut, false, limit));
    }

    public DatasetPair read(final DatasetSource source) throws IOException {
        return DatasetReader.read(request(source), folder.resolve("out/1"), folder.resolve("out/2"), done -> true);
    }

    /** Pixels of a CSV file with a comma between two cells; the label is in the usual column. */
    public static DatasetSource pixels(final Path file, final FirstLine firstLine) throws IOException {
        final CsvFile opened = CsvFile.open(file, new CsvSyntax(',', firstLine));
        return pixels(opened, opened.usualTarget());
    }

    public static DatasetSource pixels(final CsvFile file, final String label) throws IOException {
        return new TableSource(rows(file, label), Optional.empty(), new ImageForm(Colors.GRAYSCALE, Optional.empty()));
    }

    public static PixelRows rows(final CsvFile file, final String label) throws IOException {
        final String name = file.columnName(label);
        final List<String> columns =
                new ColumnChoice.AllBut(List.of()).of(file.columnNames(), List.of(name), file.name());
        return PixelRows.of(file, columns, name, done -> true);
    }

    public static List<Integer> labels(final Dataset dataset) {
        return IntStream.range(0, dataset.samples()).mapToObj(dataset::label).toList();
    }

    /** The numbers of one sample, unscaled. */
    public static List<Float> numbers(final Dataset dataset, final int sample) {
        final ByteBuffer bytes = ByteBuffer.allocate(dataset.bytesPerSample()).order(ByteOrder.LITTLE_ENDIAN);
        dataset.copyFeatures(sample, bytes);
        bytes.flip();
        final List<Float> numbers = new ArrayList<>();
        while (bytes.hasRemaining()) {
            numbers.add(
                    dataset.elementType() == ElementType.UINT8 ? Byte.toUnsignedInt(bytes.get()) : bytes.getFloat());
        }
        return numbers;
    }
}
