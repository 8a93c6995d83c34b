package org.gradienttape.file;

import java.util.Optional;
import java.util.zip.ZipEntry;

/** What an entry of a zip file declares, before memory is taken for it. */
public final class DeclaredSize {
    /** Deflate cannot do better than 1032 to 1 (zlib.net/zlib_tech.html); a little more for very small entries. */
    private static final long BEST_COMPRESSION = 1040;

    private DeclaredSize() {}

    /**
     * What is wrong with an entry that declares more bytes than the file can hold, for a sentence.
     *
     * @param fileSize bytes of the whole file
     */
    public static Optional<String> of(final ZipEntry entry, final long fileSize) {
        return entry.getCompressedSize() > fileSize || entry.getSize() / BEST_COMPRESSION > entry.getCompressedSize()
                ? Optional.of("the entry " + entry.getName() + " declares " + entry.getSize()
                        + " bytes, more than a file of " + fileSize + " bytes can hold")
                : Optional.empty();
    }
}
