package org.gradienttape.fuzz;

import java.nio.file.Path;
import java.util.List;

/**
 * A reader.
 *
 * @param name for the report
 * @param seeds whole files
 * @param form how the files are built, which says where damage gets past checksums
 * @param words that files of this kind are made of
 * @param reader gets a damaged file
 */
record Target(String name, List<byte[]> seeds, Form form, List<String> words, Reader reader) {
    /** Reads one file. */
    @FunctionalInterface
    interface Reader {
        /**
         * Reads; throws where the file is refused.
         *
         * @param file its bytes
         * @param folder empty, for what the reader needs and makes
         * @return how many bytes of memory what was read needs beside the file, where that is much
         */
        long read(byte[] file, Path folder) throws Exception;
    }

    /** How a file is built. */
    enum Form {
        PLAIN,
        GZIP,
        ZIP,
        PNG
    }
}
