package org.gradienttape.keras;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The models that keras-models.py wrote, whole and with changes. */
public final class KerasExample {
    private KerasExample() {}

    /** A copy of images.keras or rows.keras. */
    public static Path copy(final String name, final Path folder) throws IOException {
        return Files.write(folder.resolve(name + ".keras"), bytes(name + ".keras"));
    }

    /** A sample batch and what the model gives for it. */
    public static float[] values(final String name, final String field) throws IOException {
        final JsonObject all = JsonParser.parseString(new String(bytes("keras-models.json"), StandardCharsets.UTF_8))
                .getAsJsonObject();
        final var numbers = all.getAsJsonObject(name).getAsJsonArray(field);
        final float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).getAsFloat();
        }
        return floats;
    }

    /** An entry of the zip. */
    public static byte[] entry(final Path file, final String name) throws IOException {
        return entries(Files.readAllBytes(file)).get(name);
    }

    /** The file with config.json changed. */
    static Path withConfig(final Path file, final UnaryOperator<String> change) throws IOException {
        final Map<String, byte[]> entries = entries(Files.readAllBytes(file));
        entries.computeIfPresent("config.json", (name, text) -> change.apply(new String(text, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
        return zip(file, entries);
    }

    /** The file with another entry. */
    static Path with(final Path file, final String name, final byte[] content) throws IOException {
        final Map<String, byte[]> entries = entries(Files.readAllBytes(file));
        entries.put(name, content);
        return zip(file, entries);
    }

    private static Path zip(final Path file, final Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private static Map<String, byte[]> entries(final byte[] file) throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] bytes(final String name) throws IOException {
        try (InputStream in = KerasExample.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
