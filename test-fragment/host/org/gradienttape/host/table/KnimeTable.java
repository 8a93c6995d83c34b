package org.gradienttape.host.table;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsWO;
import org.xerial.snappy.SnappyOutputStream;

/**
 * Writes a table as KNIME's row-based backend does, byte by byte and with the library that KNIME compresses with, so
 * that the host is not tested with what it has written itself.
 */
public final class KnimeTable {
    private static final int ID = 27;

    private final DataTableSpec spec;
    private final String compression;
    private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
    private final List<String> classes = new ArrayList<>();
    private final List<Blob> blobs = new ArrayList<>();
    private int size;
    private int blockSize = 32 * 1024;

    /** @param compression None, Gzip or Snappy; null for a file that does not say it, which means Snappy */
    public KnimeTable(final DataTableSpec spec, final String compression) {
        this.spec = spec;
        this.compression = compression;
    }

    /** What a cell or a key writes. */
    @FunctionalInterface
    public interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    /** A cell as it lies in the rows. */
    public record Cell(String className, Content content) {}

    private record Blob(String name, byte[] bytes) {}

    public static Cell missing() {
        return new Cell(null, out -> {});
    }

    public static Cell cell(final String simpleName, final Content content) {
        return new Cell("org.knime.core.data.def." + simpleName, content);
    }

    public static Cell png(final byte[] image) {
        return new Cell("org.knime.core.data.image.png.PNGImageCell", imageBytes(image));
    }

    /** An image that lies beside the rows. */
    public Cell largePng(final int column, final int number, final boolean gzip, final byte[] image)
            throws IOException {
        return largePng(ID, column, number, gzip, image);
    }

    Cell largePng(final int owner, final int column, final int number, final boolean gzip, final byte[] image)
            throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new Escaped(gzip ? new GZIPOutputStream(bytes) : bytes))) {
            imageBytes(image).write(out);
        }
        // the doubled slashes are KNIME's
        final String folder = String.format(
                Locale.ROOT, "blobs/col_%d//%03d//%03d/", column, number / 1_000_000, number / 1000 % 1000);
        blobs.add(new Blob(folder + "/" + number + (gzip ? ".bin.gz" : ".bin"), bytes.toByteArray()));
        return new Cell("org.knime.core.data.image.png.PNGImageBlobCell", out -> {
            out.writeInt(owner);
            out.writeInt(column);
            out.writeInt(number);
            out.writeBoolean(gzip);
        });
    }

    private static Content imageBytes(final byte[] image) {
        return out -> {
            out.writeInt(image.length);
            out.write(image);
        };
    }

    /** The size of snappy-java's blocks. */
    public KnimeTable blockSize(final int bytes) {
        blockSize = bytes;
        return this;
    }

    public KnimeTable row(final String key, final Cell... cells) throws IOException {
        block(out -> out.writeUTF(key));
        for (final Cell cell : cells) {
            block(out -> {
                if (cell.className() == null) {
                    out.write(0x80);
                } else {
                    if (!classes.contains(cell.className())) {
                        classes.add(cell.className());
                    }
                    out.write(0x82 + classes.indexOf(cell.className()));
                    cell.content().write(out);
                }
            });
        }
        rows.write(0x83);
        size++;
        return this;
    }

    private void block(final Content content) throws IOException {
        content.write(new DataOutputStream(new Escaped(rows)));
        rows.write(0x61);
    }

    /** The rows before they are compressed. */
    public byte[] rows() {
        return rows.toByteArray();
    }

    /** Writes data.xml, spec.xml and data.zip. */
    public void save(final Path folder) throws IOException {
        saveCompressed(folder, compressed());
    }

    byte[] compressed() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = "None".equals(compression)
                ? bytes
                : "Gzip".equals(compression) ? new GZIPOutputStream(bytes) : new SnappyOutputStream(bytes, blockSize)) {
            rows.writeTo(out);
        }
        return bytes.toByteArray();
    }

    void saveCompressed(final Path folder, final byte[] data) throws IOException {
        final NodeSettings columns = new NodeSettings("spec.xml");
        spec.save(columns);
        columns.saveToXML(Files.newOutputStream(folder.resolve("spec.xml")));
        final boolean snappy = compression == null || compression.equals("Snappy");
        final NodeSettings description = new NodeSettings("table_meta_info");
        description.addInt("table_ID", ID);
        description.addString("table_type", snappy ? "container_table_compressed" : "container_table");
        if (snappy) {
            description.addString("table_compression_format", "SNAPPY");
        }
        description.addString("table_file_name", "data.zip");
        description.saveToXML(Files.newOutputStream(folder.resolve("data.xml")));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("data.zip")))) {
            zip.putNextEntry(new ZipEntry("data.bin"));
            zip.write(data);
            for (final Blob blob : blobs) {
                zip.putNextEntry(new ZipEntry(blob.name()));
                zip.write(blob.bytes());
            }
            zip.putNextEntry(new ZipEntry("meta.xml"));
            final ByteArrayOutputStream meta = new ByteArrayOutputStream();
            meta().saveToXML(meta);
            meta.writeTo(zip);
        }
    }

    private NodeSettings meta() {
        final NodeSettings settings = new NodeSettings("Table Meta Information");
        final NodeSettingsWO internal = settings.addNodeSettings("table.meta.internal");
        internal.addString("container.version", "container_12");
        internal.addInt("table.size", size);
        internal.addBoolean("container.contains.blobs", !blobs.isEmpty());
        internal.addString("container.filestores.uuid", null);
        internal.addBoolean("container.inmemory", false);
        internal.addInt("container.id", ID);
        internal.addString("container.format", "org.knime.core.data.container.DefaultTableStoreFormat");
        addFormat(internal.addNodeSettings("container.format.config"));
        addFormat(internal);
        return settings;
    }

    private void addFormat(final NodeSettingsWO settings) {
        if (compression != null) {
            settings.addString("container.compression", compression);
        }
        final NodeSettingsWO cellClasses = settings.addNodeSettings("table.datacell.classes");
        for (int i = 0; i < classes.size(); i++) {
            cellClasses.addNodeSettings("element_" + i).addString("class", classes.get(i));
        }
    }

    /** Puts 0x62 before the bytes 0x61 and 0x62. */
    private static final class Escaped extends OutputStream {
        private final OutputStream out;

        Escaped(final OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(final int value) throws IOException {
            if ((value & 0xff) == 0x61 || (value & 0xff) == 0x62) {
                out.write(0x62);
            }
            out.write(value);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
