package org.gradienttape.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads sources whole and shows what came out. */
final class ReadFixture {
    private final Path folder;
    private SampleShape shape = SampleShape.FLAT;
    private HeldOut heldOut = new HeldOut.None();
    private int limit;

    ReadFixture(final Path folder) {
        this.folder = folder;
    }

    ReadFixture images() {
        shape = SampleShape.IMAGE;
        return this;
    }

    ReadFixture heldOut(final HeldOut rule) {
        heldOut = rule;
        return this;
    }

    ReadFixture limit(final int samples) {
        limit = samples;
        return this;
    }

    ReadRequest request(final DatasetSource source) {
        return new ReadRequest(
                source, new ReadRequest.Form(Scaling.AS_STORED, shape), new ReadRequest.Split(heldOut, false, limit));
    }

    DatasetPair read(final DatasetSource source) throws IOException {
        return DatasetReader.read(request(source), folder.resolve("out/1"), folder.resolve("out/2"), done -> true);
    }

    static List<Integer> labels(final Dataset dataset) {
        return IntStream.range(0, dataset.samples()).mapToObj(dataset::label).toList();
    }

    /** The numbers of one sample, unscaled. */
    static List<Float> numbers(final Dataset dataset, final int sample) {
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
