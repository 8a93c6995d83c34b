package org.gradienttape.code;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The classes and members of classes that a class file names: its constant pool, by the Java Virtual Machine
 * Specification, Java SE 17, 4.4.
 *
 * @param types internal names such as java/lang/String
 * @param members fields and methods of any class, also those that are named as method references
 */
record ClassReferences(Set<String> types, Set<Member> members) {
    /**
     * A field or method.
     *
     * @param owner internal name of the class it is called on
     */
    record Member(String owner, String name) {}

    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    static ClassReferences of(final byte[] classFile) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            in.skipNBytes(Integer.BYTES + 2 * Short.BYTES); // magic number, version
            return new Pool().read(in);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The entries of a constant pool, by their number. */
    private static final class Pool {
        private final Map<Integer, String> texts = new HashMap<>();
        private final Map<Integer, Integer> classes = new HashMap<>();
        private final Map<Integer, Integer> names = new HashMap<>();
        private final Map<Integer, int[]> members = new HashMap<>();

        ClassReferences read(final DataInputStream in) throws IOException {
            final int count = in.readUnsignedShort();
            for (int number = 1; number < count; number++) {
                final int tag = in.readUnsignedByte();
                readEntry(number, tag, in);
                if (tag == LONG || tag == DOUBLE) {
                    number++; // they take two numbers
                }
            }
            return resolve();
        }

        private void readEntry(final int number, final int tag, final DataInputStream in) throws IOException {
            switch (tag) {
                case UTF8 -> texts.put(number, in.readUTF());
                case CLASS -> classes.put(number, in.readUnsignedShort());
                case FIELD, METHOD, INTERFACE_METHOD ->
                    members.put(number, new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
                case NAME_AND_TYPE -> {
                    names.put(number, in.readUnsignedShort());
                    in.skipNBytes(Short.BYTES);
                }
                case STRING, METHOD_TYPE, MODULE, PACKAGE -> in.skipNBytes(Short.BYTES);
                case METHOD_HANDLE -> in.skipNBytes(Byte.BYTES + Short.BYTES);
                case INTEGER, FLOAT, DYNAMIC, INVOKE_DYNAMIC -> in.skipNBytes(Integer.BYTES);
                case LONG, DOUBLE -> in.skipNBytes(Long.BYTES);
                default -> throw new IOException("unknown entry " + tag + " of a constant pool");
            }
        }

        private ClassReferences resolve() {
            final Set<String> types = new HashSet<>();
            classes.values().forEach(text -> types.add(texts.get(text)));
            final Set<Member> all = new HashSet<>();
            for (final int[] member : members.values()) {
                all.add(new Member(texts.get(classes.get(member[0])), texts.get(names.get(member[1]))));
            }
            return new ClassReferences(types, all);
        }
    }
}
