package org.gradienttape.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damages files, the same for the same random numbers. */
final class Mutator {
    private static final int MOST_CHANGES = 6;
    private static final int LONGEST = 1 << 20;
    private static final long[] NUMBERS = {
        0, 1, -1, 2, 127, 128, 255, 256, 32_767, 65_535, 65_536, 1 << 20, 1 << 24, Integer.MAX_VALUE, Integer.MIN_VALUE,
        0xffff_ffffL, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private final SplittableRandom random;

    Mutator(final SplittableRandom random) {
        this.random = random;
    }

    /** A damaged file of this kind. */
    byte[] damaged(final Target target) {
        final byte[] seed = target.seeds().get(random.nextInt(target.seeds().size()));
        if (target.form() == Target.Form.PLAIN || random.nextInt(3) == 0) {
            return changed(seed, target.words());
        }
        try {
            return switch (target.form()) {
                case GZIP -> gzip(changed(new GZIPInputStream(new ByteArrayInputStream(seed)).readAllBytes(), target.words()));
                case ZIP -> zip(seed, target.words());
                default -> png(seed);
            };
        } catch (final IOException impossible) {
            throw new IllegalStateException(impossible); // the seeds are whole
        }
    }

    private byte[] changed(final byte[] file, final List<String> words) {
        byte[] bytes = file;
        for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
            bytes = bytes.length == 0 ? word(words) : change(bytes, words);
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    private byte[] change(final byte[] file, final List<String> words) {
        final int at = random.nextInt(file.length);
        final int length = 1 + random.nextInt(Math.min(file.length - at, 1 + random.nextInt(64)));
        return switch (random.nextInt(words.isEmpty() ? 8 : 11)) {
            case 0 -> {
                final byte[] flipped = file.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                yield flipped;
            }
            case 1 -> {
                final byte[] set = file.clone();
                set[at] = (byte) random.nextInt(256);
                yield set;
            }
            case 2 -> Arrays.copyOf(file, at); // cut off
            case 3 -> joined(file, at, new byte[0], at + length); // a hole
            case 4 -> joined(file, at, Arrays.copyOfRange(file, at, at + length), at); // something twice
            case 5 -> joined(file, at, random(length), at);
            case 6 -> {
                final byte[] moved = Arrays.copyOfRange(file, at, at + length);
                yield joined(file, random.nextInt(file.length), moved, file.length);
            }
            case 7 -> number(file, at);
            case 8 -> joined(file, at, word(words), at);
            case 9 -> {
                final byte[] word = word(words);
                yield joined(file, at, word, Math.min(file.length, at + word.length));
            }
            default -> joined(file, at, repeated(word(words)), at);
        };
    }

    private byte[] number(final byte[] file, final int at) {
        final int bytes = 1 << random.nextInt(4);
        if (at + bytes > file.length) {
            return file;
        }
        final ByteBuffer changed = ByteBuffer.wrap(file.clone())
                .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        final long number = NUMBERS[random.nextInt(NUMBERS.length)];
        switch (bytes) {
            case 1 -> changed.put(at, (byte) number);
            case 2 -> changed.putShort(at, (short) number);
            case 4 -> changed.putInt(at, (int) number);
            default -> changed.putLong(at, number);
        }
        return changed.array();
    }

    private static byte[] joined(final byte[] file, final int until, final byte[] middle, final int from) {
        final ByteBuffer joined = ByteBuffer.allocate(until + middle.length + file.length - from);
        return joined.put(file, 0, until)
                .put(middle)
                .put(file, from, file.length - from)
                .array();
    }

    private byte[] random(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] word(final List<String> words) {
        return words.isEmpty()
                ? random(4)
                : words.get(random.nextInt(words.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] repeated(final byte[] word) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 1 + random.nextInt(random.nextInt(20) == 0 ? 20_000 : 20); i > 0; i--) {
            bytes.writeBytes(word);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(final byte[] plain) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Damages the content of entries, so that their checksums are right. */
    private byte[] zip(final byte[] file, final List<String> words) throws IOException {
        final List<String> names = new ArrayList<>();
        final List<byte[]> contents = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                contents.add(zip.readAllBytes());
            }
        }
        final int damaged = random.nextInt(names.size());
        contents.set(damaged, changed(contents.get(damaged), words));
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            final boolean stored = random.nextBoolean();
            for (int i = 0; i < names.size(); i++) {
                final ZipEntry entry = new ZipEntry(names.get(i));
                if (stored) {
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(contents.get(i).length);
                    entry.setCrc(sum(contents.get(i), 0, contents.get(i).length));
                }
                zip.putNextEntry(entry);
                zip.write(contents.get(i));
            }
        }
        return bytes.toByteArray();
    }

    /** Damages the content of chunks, so that their checksums are right. */
    private byte[] png(final byte[] file) {
        final byte[] changed = file.clone();
        final ByteBuffer chunks = ByteBuffer.wrap(changed);
        for (int at = 8; at + 12 <= changed.length; at += chunks.getInt(at) + 12) {
            final int length = chunks.getInt(at);
            if (length < 0 || length > changed.length - at - 12) {
                break;
            }
            if (length > 0 && random.nextInt(2) == 0) {
                final int place = at + 8 + random.nextInt(length);
                changed[place] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) NUMBERS[random.nextInt(NUMBERS.length)];
            }
            chunks.putInt(at + 8 + length, (int) sum(changed, at + 4, length + 4));
        }
        return changed;
    }

    private static long sum(final byte[] bytes, final int from, final int count) {
        final CRC32 sum = new CRC32();
        sum.update(bytes, from, count);
        return sum.getValue();
    }
}
