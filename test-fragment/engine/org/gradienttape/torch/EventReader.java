package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

/** Reads a run's folder as TensorBoard does, with TensorFlow's own classes for what is in the records. */
final class EventReader {
    static {
        // TensorFlow's classes for Java are older than our protobuf, which takes them at a word only; files are our own
        // here.
        System.setProperty("com.google.protobuf.use_unsafe_pre22_gencode", "true");
    }

    private EventReader() {}

    /** The folders of runs. */
    static List<Path> runs(final Path log) throws IOException {
        return sorted(log);
    }

    private static List<Path> sorted(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** The events of a file, whose first one says the version; a cut record at the end is one that is not there yet. */
    static List<Event> events(final Path file) throws IOException {
        assertThat(file.getFileName().toString()).contains("tfevents");
        final List<Event> events = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            while (in.available() >= 12) {
                final byte[] length = in.readNBytes(8);
                assertThat(number(in.readNBytes(4))).isEqualTo(masked(length));
                if (in.available() < number(length) + 4) {
                    break;
                }
                final byte[] data = in.readNBytes((int) number(length));
                assertThat(number(in.readNBytes(4))).isEqualTo(masked(data));
                events.add(Event.parseFrom(data));
            }
        }
        assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getWallTime()).isGreaterThan(1.7e9);
            assertThat(event.getUnknownFields().asMap()).isEmpty();
        });
        return events;
    }

    private static long number(final byte[] bytes) {
        long number = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number << 8 | Byte.toUnsignedLong(bytes[i]);
        }
        return number;
    }

    private static long masked(final byte[] data) {
        final CRC32C sum = new CRC32C();
        sum.update(data);
        final long crc = sum.getValue();
        return ((crc >>> 15 | crc << 17) & 0xffffffffL) + 0xa282ead8L & 0xffffffffL;
    }

    /**
     * What TensorBoard shows of a run: values by tag and step. The files are read in the order of their names; where a
     * session starts, what was there of its step and of later ones is dropped.
     */
    static Map<String, TreeMap<Long, Summary.Value>> values(final Path run) throws IOException {
        final Map<String, TreeMap<Long, Summary.Value>> values = new LinkedHashMap<>();
        for (final Path file : sorted(run)) {
            for (final Event event : events(file)) {
                if (event.getSessionLog().getStatus() == SessionLog.SessionStatus.START) {
                    values.values().forEach(steps -> steps.tailMap(event.getStep(), true)
                            .clear());
                }
                for (final Summary.Value value : event.getSummary().getValueList()) {
                    final TreeMap<Long, Summary.Value> steps =
                            values.computeIfAbsent(value.getTag(), tag -> new TreeMap<>());
                    assertThat(steps.isEmpty() || steps.lastKey() < event.getStep())
                            .as(value.getTag() + " at " + event.getStep() + " goes forward")
                            .isTrue();
                    steps.put(event.getStep(), value);
                }
            }
        }
        return values;
    }

    /** The numbers alone. */
    static Map<String, Map<Long, Float>> numbers(final Path run) throws IOException {
        final Map<String, Map<Long, Float>> numbers = new TreeMap<>();
        values(run)
                .forEach((tag, steps) -> steps.forEach((step, value) -> {
                    if (value.getValueCase() == Summary.Value.ValueCase.SIMPLE_VALUE) {
                        numbers.computeIfAbsent(tag, one -> new TreeMap<>()).put(step, value.getSimpleValue());
                    }
                }));
        return numbers;
    }
}
