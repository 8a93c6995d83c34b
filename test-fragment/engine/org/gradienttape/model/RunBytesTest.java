package org.gradienttape.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.json.JsonFields;
import org.gradienttape.state.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a run as bytes. */
class RunBytesTest {
    private static final JsonFields.Source SOURCE = new JsonFields.Source("The checkpoint", "begin anew");

    @TempDir
    private Path folder;

    @Test
    void valuesKeepTheirTypesAndEveryBit() {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "ä \"quoted\"");
        values.put("cut", "half an emoji \ud83d");
        values.put("smallest", Long.MIN_VALUE);
        values.put("largest", Long.MAX_VALUE);
        values.put("a third", 1.0 / 3);
        values.put("negative zero", -0.0);
        values.put("none", Double.NaN);
        values.put("flag", true);
        values.put("other flag", false);

        final RunState read = RunBytes.read(RunBytes.of(new RunState(values, Map.of())));

        assertThat(read.values()).isEqualTo(values);
        assertThat(read.arrays()).isEmpty();
    }

    /** Longer ones than what is written at a time, 65,536 bytes, and empty ones. */
    @Test
    void arraysKeepTheirTypesAndTheirNumbers() throws IOException {
        final int size = 70_001;
        final float[] floats = new float[size];
        final byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            floats[i] = i;
            bytes[i] = (byte) i;
        }
        final double[] doubles = IntStream.range(0, size).asDoubleStream().toArray();
        final long[] longs = IntStream.range(0, size).asLongStream().toArray();
        final Map<String, Object> arrays = new LinkedHashMap<>();
        arrays.put("floats", floats);
        arrays.put("empty", new float[0]);
        arrays.put("doubles", doubles);
        arrays.put("longs", longs);
        arrays.put("bytes", bytes);

        final RunState read = RunBytes.read(RunBytes.of(new RunState(Map.of(), arrays)));
        final Path file = folder.resolve("checkpoint");
        ModelFile.writeCheckpoint(ModelFixture.small(), new RunState(Map.of(), arrays), file);

        for (final RunState one : new RunState[] {read, ModelFile.readRun(file)}) {
            assertThat(one.arrays().keySet()).containsExactlyElementsOf(arrays.keySet());
            assertThat((float[]) one.arrays().get("floats")).isEqualTo(floats);
            assertThat((float[]) one.arrays().get("empty")).isEmpty();
            assertThat((double[]) one.arrays().get("doubles")).isEqualTo(doubles);
            assertThat((long[]) one.arrays().get("longs")).isEqualTo(longs);
            assertThat((byte[]) one.arrays().get("bytes")).isEqualTo(bytes);
        }
    }

    @Test
    void arraysThatDoNotLieOneBehindTheOtherAreRefused() {
        final String first = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
        assertThat(readArrays(first + "}", 1, 2)).containsOnlyKeys("a");

        assertArraysRefused(
                "data_offsets", first + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 1, 2);
        assertArraysRefused("data_offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 1, 2);
        assertArraysRefused("data_offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", 1, 2);
        assertArraysRefused("should have 8 bytes of numbers, but it has 12", first + "}", 1, 2, 3);
        assertArraysRefused("dtype", first.replace("F32", "F16") + "}", 1, 2);
        assertArraysRefused("more", first.replace("]}", "],\"more\":1}") + "}", 1, 2);
    }

    @Test
    void aHeaderThatDoesNotFitIsRefused() {
        final byte[] whole = ModelFixture.safetensors("{}");
        for (final long length : new long[] {-1, 0, 1, 3, 1 << 27}) {
            final byte[] file = whole.clone();
            for (int i = 0; i < 8; i++) {
                file[i] = (byte) (length >> 8 * i);
            }
            assertThatThrownBy(() -> RunArrays.read(new ByteArrayInputStream(file), file.length, SOURCE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("but it declares " + Long.toUnsignedString(length));
        }
    }

    @Test
    void aRunOfALaterVersionSaysSo() {
        final String text = new String(RunJson.toBytes(Map.of()), StandardCharsets.UTF_8);

        assertThat(parse(text)).isEmpty();
        assertThatThrownBy(() -> parse(text.replace("\"version\":1", "\"version\":2")))
                .isInstanceOf(InvalidInputException.class)
                .hasCauseInstanceOf(LaterVersion.class)
                .hasMessage("The checkpoint holds a run of the format's version 2, but these nodes read it up to"
                        + " version 1; update the extension GradientTape Nodes.");
        assertThatThrownBy(() -> parse(text.replace("gradienttape-run", "another")))
                .hasMessageContaining("gradienttape-run");
        assertThatThrownBy(() -> parse(text.replace("\"flags\":{}", "\"flags\":{},\"more\":1")))
                .hasMessageContaining("more");
        assertThatThrownBy(() -> parse(text.replace("\"numbers\":{}", "\"numbers\":{\"rate\":\"fast\"}")))
                .hasMessageContaining("fast");
    }

    @Test
    void aModelThatIsNoCheckpointIsRefused() throws IOException {
        final Path file = folder.resolve("model");
        ModelFile.write(ModelFixture.small(), file, IfExists.FAIL);

        assertThatThrownBy(() -> ModelFile.readRun(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a checkpoint was expected, but it is a model without its run");
    }

    private static Map<String, Object> parse(final String text) {
        return RunJson.parse(text.getBytes(StandardCharsets.UTF_8), SOURCE);
    }

    private static Map<String, Object> readArrays(final String header, final float... numbers) {
        final byte[] file = ModelFixture.safetensors(header, numbers);
        try {
            return RunArrays.read(new ByteArrayInputStream(file), file.length, SOURCE);
        } catch (final IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void assertArraysRefused(final String said, final String header, final float... numbers) {
        assertThatThrownBy(() -> readArrays(header, numbers))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(said);
    }
}
