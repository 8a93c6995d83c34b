package org.gradienttape.state;

import java.lang.reflect.Array;
import java.util.Map;
import java.util.function.Function;

/** Boxed numbers and arrays of primitive ones in a {@link Memory}, which knows fewer types. */
final class Numbers {
    /** From the whole number that stands for a value to the value; floating ones stand for their bits. */
    static final Map<String, Function<Long, Object>> TYPES = Map.of(
            "java.lang.Boolean",
            bits -> bits != 0,
            "java.lang.Byte",
            Long::byteValue,
            "java.lang.Short",
            Long::shortValue,
            "java.lang.Character",
            bits -> (char) bits.longValue(),
            "java.lang.Integer",
            Long::intValue,
            "java.lang.Long",
            bits -> bits,
            "java.lang.Float",
            bits -> Float.intBitsToFloat(bits.intValue()),
            "java.lang.Double",
            Double::longBitsToDouble);

    private Numbers() {}

    static Object keep(final String type, final Memory memory, final Object now) {
        final long kept = memory.integer("value", memory.givesBack() ? 0L : bits(now));
        return memory.givesBack() ? TYPES.get(type).apply(kept) : now;
    }

    /**
     * @param type the name of the array's class, for example "[D"
     */
    static Object keepArray(final String type, final Memory memory, final Object now) {
        switch (type) {
            case "[D":
                return memory.numbers("values", now == null ? new double[0] : ((double[]) now).clone());
            case "[F":
                return memory.floats("values", now == null ? new float[0] : ((float[]) now).clone());
            case "[J":
                return memory.integers("values", now == null ? new long[0] : ((long[]) now).clone());
            case "[B":
                return memory.bytes("values", now == null ? new byte[0] : ((byte[]) now).clone());
            default:
                return keepOthers(type, memory, now);
        }
    }

    private static Object keepOthers(final String type, final Memory memory, final Object now) {
        final int size = memory.givesBack() ? 0 : Array.getLength(now);
        final long[] bits = new long[size];
        for (int i = 0; i < size; i++) {
            bits[i] = bits(Array.get(now, i));
        }
        final long[] kept = memory.integers("values", bits);
        if (!memory.givesBack()) {
            return now;
        }
        final Class<?> component =
                switch (type) {
                    case "[I" -> int.class;
                    case "[S" -> short.class;
                    case "[C" -> char.class;
                    default -> boolean.class;
                };
        final Object array = Array.newInstance(component, kept.length);
        for (int i = 0; i < kept.length; i++) {
            final Object value = TYPES.get(boxed(component)).apply(kept[i]);
            Array.set(array, i, value);
        }
        return array;
    }

    private static String boxed(final Class<?> component) {
        return Array.get(Array.newInstance(component, 1), 0).getClass().getName();
    }

    private static long bits(final Object number) {
        if (number instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (number instanceof Character letter) {
            return letter;
        }
        if (number instanceof Float single) {
            return Float.floatToRawIntBits(single);
        }
        if (number instanceof Double twice) {
            return Double.doubleToRawLongBits(twice);
        }
        return ((Number) number).longValue();
    }
}
