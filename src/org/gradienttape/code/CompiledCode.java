package org.gradienttape.code;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;

/**
 * Classes that came from one source text.
 *
 * @param source what they were compiled from
 * @param classes each class file by the name of its class
 */
public record CompiledCode(SourceText source, Map<String, byte[]> classes) {
    public CompiledCode {
        classes = Map.copyOf(classes);
    }

    /**
     * Makes an object of the one class that implements a type, or of the public one where there are several. Its classes are loaded anew each time, so that objects do
     * not share what they keep in static fields.
     *
     * @param type an interface or a class of ours
     * @throws InvalidInputException if there is no such class, or more than one, or it cannot be made
     */
    public <T> T newInstance(final Class<T> type) {
        final List<Class<? extends T>> found = chosen(implementations(type));
        if (found.size() != 1) {
            throw new InvalidInputException(source.subject() + " needs one class that "
                    + (type.isInterface() ? "implements " : "extends ") + type.getSimpleName()
                    + ", but "
                    + (found.isEmpty()
                            ? "it has none"
                            : "it has " + found.size() + ": "
                                    + found.stream().map(Class::getSimpleName).collect(Collectors.joining(", "))
                                    + ", of which none is the file's public class")
                    + "; start from a template.");
        }
        return construct(found.get(0));
    }

    /** The file's public class, if there is a choice and that is one of them. */
    private static <T> List<Class<? extends T>> chosen(final List<Class<? extends T>> found) {
        final List<Class<? extends T>> open = found.stream()
                .filter(type -> Modifier.isPublic(type.getModifiers()) && type.getEnclosingClass() == null)
                .toList();
        return found.size() > 1 && open.size() == 1 ? open : found;
    }

    /**
     * Makes an object of each class that implements a type, in the order of their names.
     *
     * @throws InvalidInputException if there is no such class, or one cannot be made
     */
    <T> List<T> newInstances(final Class<T> type) {
        final List<Class<? extends T>> found = implementations(type);
        if (found.isEmpty()) {
            throw new InvalidInputException(source.subject() + " needs a class that implements " + type.getSimpleName()
                    + ", but it has none; start from a template.");
        }
        return found.stream().<T>map(this::construct).toList();
    }

    private <T> List<Class<? extends T>> implementations(final Class<T> type) {
        final CodeClassLoader loader = new CodeClassLoader(loaderName(), classes);
        final List<Class<? extends T>> found = new ArrayList<>();
        for (final String name : classes.keySet().stream().sorted().toList()) {
            final Class<?> candidate = loader.define(name);
            if (type.isAssignableFrom(candidate)
                    && !candidate.isAnonymousClass()
                    && !candidate.isLocalClass()
                    && !candidate.isInterface()
                    && !Modifier.isAbstract(candidate.getModifiers())) {
                found.add(candidate.asSubclass(type));
            }
        }
        return found;
    }

    private <T> T construct(final Class<? extends T> type) {
        try {
            final var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (final InvocationTargetException e) {
            throw CodeFailure.of(this, e.getCause());
        } catch (final ExceptionInInitializerError e) {
            throw CodeFailure.of(this, e.getCause());
        } catch (final ReflectiveOperationException e) {
            throw new InvalidInputException(
                    "The class " + type.getSimpleName()
                            + " of the " + source.owner()
                            + "'s Java code needs a constructor without arguments; add one, and let the class be a static"
                            + " one if it stands in another.",
                    e);
        }
    }

    /** Whether an entry of a stack lies in this code; another text may have a class of the same name. */
    boolean holds(final StackTraceElement element) {
        return classes.containsKey(element.getClassName()) && loaderName().equals(element.getClassLoaderName());
    }

    private String loaderName() {
        return source.owner() + " code";
    }
}
