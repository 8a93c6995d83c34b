package org.knime.core.node.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Opens the zip files of port objects and specs: each begins with an empty entry that names its kind. */
public final class PortUtil {
    private static final String OBJECT = "portObject.file";
    private static final String SPEC = "portSpec.file";

    private PortUtil() {}

    public static PortObjectZipOutputStream getPortObjectZipOutputStream(OutputStream out) throws IOException {
        PortObjectZipOutputStream zip = new PortObjectZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(OBJECT));
        return zip;
    }

    public static PortObjectSpecZipOutputStream getPortObjectSpecZipOutputStream(OutputStream out) throws IOException {
        PortObjectSpecZipOutputStream zip = new PortObjectSpecZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(SPEC));
        return zip;
    }

    public static PortObjectZipInputStream getPortObjectZipInputStream(InputStream in) throws IOException {
        PortObjectZipInputStream zip = new PortObjectZipInputStream(in);
        expect(OBJECT, zip);
        return zip;
    }

    public static PortObjectSpecZipInputStream getPortObjectSpecZipInputStream(InputStream in) throws IOException {
        PortObjectSpecZipInputStream zip = new PortObjectSpecZipInputStream(in);
        expect(SPEC, zip);
        return zip;
    }

    private static void expect(String name, ZipInputStream zip) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(name)) {
            throw new IOException("Expected a zip file whose first entry is \"" + name + "\", found "
                    + (entry == null ? "none." : "\"" + entry.getName() + "\"."));
        }
    }
}
