package org.gradienttape.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * MNIST digits in file order.
 *
 * @param pixels row-major [samples, 784], unsigned
 * @param labels 0 to 9
 */
record Digits(byte[] pixels, byte[] labels) {
    static final int TRAINING = 50_000;
    static final int PIXELS = 784;
    static final int CLASSES = 10;

    private static final int IMAGES_HEADER = 16;
    private static final int LABELS_HEADER = 8;

    /** The 60,000 of the training files. */
    static Digits read(final Path folder) throws IOException {
        return new Digits(
                body(folder.resolve("train-images-idx3-ubyte"), IMAGES_HEADER),
                body(folder.resolve("train-labels-idx1-ubyte"), LABELS_HEADER));
    }

    private static byte[] body(final Path file, final int header) throws IOException {
        final byte[] all = Files.readAllBytes(file);
        return Arrays.copyOfRange(all, header, all.length);
    }

    int samples() {
        return labels.length;
    }

    /** From 0 to 255, as the guide leaves them. */
    float[] features(final int from, final int to) {
        final float[] numbers = new float[(to - from) * PIXELS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Byte.toUnsignedInt(pixels[from * PIXELS + i]);
        }
        return numbers;
    }
}
