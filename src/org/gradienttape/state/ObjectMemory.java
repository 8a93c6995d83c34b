package org.gradienttape.state;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;

/**
 * Keeps objects of classes that know nothing of it, field by field: metrics, and a user's steps. What is restored are numbers,
 * texts, arrays, common collections, records and objects of the same code; classes are only looked up, never loaded from a
 * file. What cannot be kept is refused while it is kept, so that no run goes on with half of its fields.
 */
public final class ObjectMemory {
    /** For objects of ours. */
    public static final ObjectMemory OF_OURS = new ObjectMemory(Map.of());

    private static final int DEEPEST = 200;
    private static final String METRICS = "org.gradienttape.metric.";
    /** Packages whose records a user's code may hold. */
    private static final Set<String> RECORDS =
            Set.of("org.gradienttape.layer", "org.gradienttape.loss", "org.gradienttape.optimizer");
    /** Collections and maps that are made anew; sorted ones in the natural order. */
    private static final Map<Class<?>, Supplier<Object>> CONTAINERS = Map.ofEntries(
            Map.entry(ArrayList.class, ArrayList::new),
            Map.entry(LinkedList.class, LinkedList::new),
            Map.entry(ArrayDeque.class, ArrayDeque::new),
            Map.entry(Vector.class, Vector::new),
            Map.entry(HashSet.class, HashSet::new),
            Map.entry(LinkedHashSet.class, LinkedHashSet::new),
            Map.entry(TreeSet.class, TreeSet::new),
            Map.entry(HashMap.class, HashMap::new),
            Map.entry(LinkedHashMap.class, LinkedHashMap::new),
            Map.entry(TreeMap.class, TreeMap::new));

    private final Map<Object, String> names = new IdentityHashMap<>();
    private final Map<String, Object> references;
    private final Set<Class<?>> forgotten;

    /**
     * @param references what stays outside, by names that it has in the run that goes on, too
     * @param forgotten types of what does not last from one step to the next; such fields become null
     */
    public ObjectMemory(final Map<String, Object> references, final Class<?>... forgotten) {
        this.references = references;
        this.forgotten = Set.of(forgotten);
        references.forEach((name, object) -> names.put(object, name));
    }

    /**
     * Keeps the fields of an object, or gives them back to one of the same class.
     *
     * @throws InvalidInputException if a field holds what cannot be kept; names it
     */
    public void keep(final Memory memory, final Object object) {
        if (object instanceof Kept knows) {
            knows.keep(memory);
        } else {
            new Walk().fields(memory, object, object.getClass().getSimpleName(), 0);
        }
    }

    /**
     * Keeps several objects that may share what they hold; each is among the references.
     *
     * @param objects by names that are the same in each run; the first is of the code that is kept
     * @throws InvalidInputException if a field holds what cannot be kept; names it
     */
    public void keepAll(final Memory memory, final Map<String, Object> objects) {
        final Walk walk = new Walk();
        objects.forEach((name, object) ->
                walk.fields(memory.part(name), object, object.getClass().getSimpleName(), 0));
    }

    private static boolean isOfJdk(final Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    /** One pass over an object and all that it leads to. */
    private final class Walk {
        private final Map<Object, Integer> seen = new IdentityHashMap<>();
        private final Map<Integer, Object> made = new HashMap<>();
        private final Set<Class<?>> classes = new HashSet<>();
        /** Whether the object that comes next is there when the run goes on, since a constructor makes it. */
        private boolean comesFromConstructor;

        void fields(final Memory memory, final Object object, final String path, final int depth) {
            remember(object);
            for (Class<?> type = object.getClass(); type != null && !isOfJdk(type); type = type.getSuperclass()) {
                final Memory part = memory.part(type.getSimpleName());
                final boolean firstTime = classes.add(type);
                for (final Field field : sorted(type)) {
                    final boolean isStatic = Modifier.isStatic(field.getModifiers());
                    if (!isStatic || firstTime && isOfUser(type) && !isConstant(field)) {
                        field(part.part(isStatic ? "static" : "field"), field, object, path, depth);
                    }
                }
            }
        }

        private static boolean isOfUser(final Class<?> type) {
            return type.getClassLoader() != ObjectMemory.class.getClassLoader();
        }

        private static boolean isConstant(final Field field) {
            return Modifier.isFinal(field.getModifiers())
                            && (field.getType().isPrimitive() || field.getType() == String.class)
                    || field.isSynthetic();
        }

        private static List<Field> sorted(final Class<?> type) {
            return Arrays.stream(type.getDeclaredFields())
                    .sorted(Comparator.comparing(Field::getName))
                    .toList();
        }

        private void field(
                final Memory memory, final Field field, final Object object, final String path, final int depth) {
            final String place = path + "." + field.getName();
            try {
                field.setAccessible(true);
                final Object now = field.get(object);
                comesFromConstructor = Modifier.isFinal(field.getModifiers());
                final Object kept = value(memory.part(field.getName()), now, place, depth + 1);
                if (!memory.givesBack() || kept == now) {
                    return;
                }
                if (Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())) {
                    fill(now, kept, place);
                } else {
                    field.set(object, kept);
                }
            } catch (final IllegalAccessException closed) {
                throw unable(place, field.getType(), closed);
            }
        }

        /** What cannot be replaced gets the content. */
        @SuppressWarnings({"unchecked", "rawtypes"})
        private void fill(final Object now, final Object kept, final String place) {
            if (now instanceof Collection old && kept instanceof Collection fresh) {
                old.clear();
                old.addAll(fresh);
            } else if (now instanceof Map old && kept instanceof Map fresh) {
                old.clear();
                old.putAll(fresh);
            } else if (now != null && kept != null && now.getClass().isArray()) {
                System.arraycopy(kept, 0, now, 0, Math.min(Array.getLength(kept), Array.getLength(now)));
            } else if (!java.util.Objects.equals(now, kept)) {
                throw unable(place, now == null ? Object.class : now.getClass(), null);
            }
        }

        private void remember(final Object object) {
            made.put(seen.size(), object);
            seen.put(object, seen.size());
        }

        private Object value(final Memory memory, final Object now, final String place, final int depth) {
            final boolean isThere = comesFromConstructor;
            comesFromConstructor = false;
            if (depth > DEEPEST) {
                throw new InvalidInputException("A checkpoint cannot keep " + place
                        + ", since objects lead to one another too deeply there; keep numbers in arrays or variables.");
            }
            final String kind = memory.text("kind", memory.givesBack() ? "" : kind(now, place));
            final int end = kind.indexOf(' ');
            final String name = kind.substring(end + 1);
            return switch (end < 0 ? kind : kind.substring(0, end)) {
                case "null" -> null;
                case "stays" -> now;
                case "reference" -> reference(name);
                case "same" -> made.get(memory.integer("id", memory.givesBack() ? 0 : seen.get(now)));
                case "number" -> Numbers.keep(name, memory, now);
                case "text" -> memory.text("value", (String) now);
                case "enum" -> constant(memory, name, now, place);
                case "array" -> array(memory, name, now, place, depth);
                case "container" -> container(memory, name, now, place, depth);
                case "optional" ->
                    Optional.ofNullable(value(
                            memory.part("value"), now == null ? null : ((Optional<?>) now).orElse(null), place, depth));
                case "record" -> recordOf(memory, ownType(name, place), now, place, depth);
                case "object" -> object(memory, name, isThere, now, place, depth);
                default ->
                    throw new InvalidInputException("The checkpoint does not fit the run: " + place + " is a " + kind
                            + "; begin the run anew.");
            };
        }

        private String kind(final Object now, final String place) {
            if (now == null || forgotten.stream().anyMatch(type -> type.isInstance(now) && !names.containsKey(now))) {
                return "null";
            }
            if (names.containsKey(now)) {
                return "reference " + names.get(now);
            }
            final Class<?> type = now.getClass();
            if (Numbers.TYPES.containsKey(type.getName())) {
                return "number " + type.getName();
            }
            if (now instanceof String) {
                return "text";
            }
            if (now instanceof Enum<?> constant) {
                return "enum " + constant.getDeclaringClass().getName();
            }
            if (seen.containsKey(now)) {
                return "same";
            }
            if (type.isArray()) {
                return "array " + type.getName();
            }
            if (CONTAINERS.containsKey(type)) {
                sortedNaturally(now, place);
                return "container " + type.getName();
            }
            if (isOfJdk(type)) {
                return kindOfJdk(now, place);
            }
            if (type.isHidden() && type.getDeclaredFields().length == 0) {
                return "stays"; // a lambda that takes nothing along
            }
            if (type.isHidden()) {
                throw unable(place, type, null);
            }
            return (type.isRecord() ? "record " : "object ") + type.getName();
        }

        private String kindOfJdk(final Object now, final String place) {
            if (now instanceof Optional) {
                return "optional";
            }
            // Those of List.of and its like cannot change.
            if (now instanceof List && isImmutable(now)) {
                return "container List.of";
            }
            if (now instanceof Set && isImmutable(now)) {
                return "container Set.of";
            }
            if (now instanceof Map && isImmutable(now)) {
                return "container Map.of";
            }
            throw unable(place, now.getClass(), null);
        }

        private static boolean isImmutable(final Object now) {
            return now.getClass().getName().startsWith("java.util.ImmutableCollections$");
        }

        private void sortedNaturally(final Object now, final String place) {
            final boolean hasOrder = now instanceof TreeMap<?, ?> map && map.comparator() != null
                    || now instanceof TreeSet<?> set && set.comparator() != null;
            if (hasOrder) {
                throw new InvalidInputException("A checkpoint cannot keep " + place
                        + ", since it has an order of its own; use one with the natural order of its keys.");
            }
        }

        private Object reference(final String name) {
            final Object object = references.get(name);
            if (object == null) {
                throw new InvalidInputException(
                        "The checkpoint does not fit the run: there is no " + name + "; begin the run anew.");
            }
            return object;
        }

        private Object constant(final Memory memory, final String name, final Object now, final String place) {
            final String constant = memory.text("value", now == null ? "" : constantName(now));
            if (!memory.givesBack()) {
                return now;
            }
            return Stream.of(type(name, place).getEnumConstants())
                    .filter(candidate -> constantName(candidate).equals(constant))
                    .findFirst()
                    .orElseThrow(() -> unable(place, Enum.class, null));
        }

        private static String constantName(final Object constant) {
            return constant instanceof Enum<?> one ? one.name() : "";
        }

        private Object array(
                final Memory memory, final String name, final Object now, final String place, final int depth) {
            final boolean isPrimitive = name.length() == 2;
            if (isPrimitive) {
                final Object kept = Numbers.keepArray(name, memory, now);
                if (memory.givesBack()
                        && now != null
                        && now.getClass() == kept.getClass()
                        && Array.getLength(now) == Array.getLength(kept)) {
                    System.arraycopy(kept, 0, now, 0, Array.getLength(now));
                    remember(now);
                    return now;
                }
                remember(memory.givesBack() ? kept : now);
                return memory.givesBack() ? kept : now;
            }
            final int size = memory.integer("size", memory.givesBack() ? 0 : Array.getLength(now));
            final Object array =
                    memory.givesBack() ? Array.newInstance(type(name, place).getComponentType(), size) : now;
            remember(array);
            for (int i = 0; i < size; i++) {
                final Object old = memory.givesBack() ? null : Array.get(now, i);
                Array.set(array, i, value(memory.part(Integer.toString(i)), old, place + "[" + i + "]", depth + 1));
            }
            return array;
        }

        private Object container(
                final Memory memory, final String name, final Object now, final String place, final int depth) {
            final boolean isMap = now instanceof Map || name.endsWith("Map") || name.equals("Map.of");
            final List<Object> elements = new ArrayList<>();
            if (!memory.givesBack() && isMap) {
                ((Map<?, ?>) now).forEach((key, value) -> elements.addAll(Arrays.asList(key, value)));
            } else if (!memory.givesBack()) {
                elements.addAll((Collection<?>) now);
            }
            final Object fresh = memory.givesBack() ? empty(name, place) : now;
            final int id = seen.size();
            remember(fresh);
            final int size = memory.integer("size", elements.size());
            final List<Object> kept = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                final Object old = memory.givesBack() ? null : elements.get(i);
                kept.add(value(memory.part(Integer.toString(i)), old, place + "[" + i + "]", depth + 1));
            }
            if (memory.givesBack()) {
                made.put(id, filled(name, fresh, kept, isMap));
            }
            return made.get(id);
        }

        private Object empty(final String name, final String place) {
            return CONTAINERS.entrySet().stream()
                    .filter(entry -> entry.getKey().getName().equals(name))
                    .map(entry -> entry.getValue().get())
                    .findFirst()
                    .orElseGet(() -> {
                        if (!name.endsWith(".of")) {
                            throw unable(place, Object.class, null);
                        }
                        return new Object();
                    });
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private Object filled(final String name, final Object fresh, final List<Object> kept, final boolean isMap) {
            final Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; isMap && i + 1 < kept.size(); i += 2) {
                entries.put(kept.get(i), kept.get(i + 1));
            }
            switch (name) {
                case "List.of":
                    return List.copyOf(kept);
                case "Set.of":
                    return Set.copyOf(kept);
                case "Map.of":
                    return Map.copyOf(entries);
                default:
                    if (isMap) {
                        ((Map) fresh).putAll(entries);
                    } else {
                        ((Collection) fresh).addAll(kept);
                    }
                    return fresh;
            }
        }

        private Object recordOf(
                final Memory memory, final Class<?> type, final Object now, final String place, final int depth) {
            final RecordComponent[] components = type.getRecordComponents();
            final Object[] kept = new Object[components.length];
            final Class<?>[] types = new Class<?>[components.length];
            try {
                for (int i = 0; i < kept.length; i++) {
                    types[i] = components[i].getType();
                    final var accessor = components[i].getAccessor();
                    accessor.setAccessible(true);
                    final Object old = memory.givesBack() ? null : accessor.invoke(now);
                    final String name = components[i].getName();
                    kept[i] = value(memory.part(name), old, place + "." + name, depth + 1);
                }
                if (!memory.givesBack()) {
                    return now;
                }
                final Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor.newInstance(kept);
            } catch (final ReflectiveOperationException closed) {
                throw unable(place, type, closed);
            }
        }

        private Object object(
                final Memory memory,
                final String name,
                final boolean isThere,
                final Object now,
                final String place,
                final int depth) {
            final Object object = now != null && now.getClass().getName().equals(name) ? now : construct(name, place);
            if (object instanceof Kept knows) {
                remember(object);
                knows.keep(memory);
            } else {
                if (!memory.givesBack() && !isThere && isOfUser(object.getClass())) {
                    constructor(object.getClass(), place);
                }
                fields(memory, object, place, depth);
            }
            return object;
        }

        private Object construct(final String name, final String place) {
            final Class<?> type = ownType(name, place);
            try {
                return constructor(type, place).newInstance();
            } catch (final ReflectiveOperationException closed) {
                throw unable(place, type, closed);
            }
        }

        /** An object that a run makes on its way has to be made anew; one that the constructor makes is there. */
        private static Constructor<?> constructor(final Class<?> type, final String place) {
            try {
                final Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                return constructor;
            } catch (final NoSuchMethodException none) {
                throw new InvalidInputException(
                        "A checkpoint cannot keep " + place + ", since its class " + type.getSimpleName()
                                + " has no constructor without arguments; give it one, or make it a record.",
                        none);
            }
        }

        /** One whose objects may be made: of the code that is there already, a metric of ours, or plain settings. */
        private Class<?> ownType(final String name, final String place) {
            final Class<?> type = type(name, place);
            final boolean isOfCode = isOfUser(type)
                    && type.getClassLoader() == made.get(0).getClass().getClassLoader();
            final boolean isOfOurs =
                    name.startsWith(METRICS) || type.isRecord() && RECORDS.contains(type.getPackageName());
            if (!isOfCode && (isOfUser(type) || !isOfOurs)) {
                throw unable(place, type, null);
            }
            return type;
        }

        /** Looks a class up without running any of its code. */
        private Class<?> type(final String name, final String place) {
            final boolean isOfOurs = RECORDS.stream().anyMatch(home -> name.startsWith(home + "."));
            final ClassLoader loader =
                    (isOfOurs ? this : made.get(0)).getClass().getClassLoader();
            try {
                return Class.forName(name, false, loader);
            } catch (final ClassNotFoundException | LinkageError unknown) {
                throw new InvalidInputException(
                        "The checkpoint does not fit the run: " + place + " is of the unknown class " + name
                                + "; begin the run anew.",
                        unknown);
            }
        }

        private static InvalidInputException unable(final String place, final Class<?> type, final Exception cause) {
            return new InvalidInputException(
                    "A checkpoint cannot keep " + place + " of the type " + type.getSimpleName()
                            + "; keep numbers, texts, arrays, lists, maps or variables of the run, and take random numbers"
                            + " from the run.",
                    cause);
        }
    }
}
