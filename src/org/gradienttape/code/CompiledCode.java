package org.gradienttape.code;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
     * Makes an object of the one class that implements a type. Its classes are loaded anew each time, so that objects do
     * not share what they keep in static fields.
     *
     * @param type an interface of the step API
     * @throws InvalidInputException if there is no such class, or more than one, or it cannot be made
     */
    public <T> T newInstance(final Class<T> type) {
        final List<Class<? extends T>> found = implementations(type);
        if (found.size() != 1) {
            throw new InvalidInputException("The step's Java code needs one class that implements "
                    + type.getSimpleName()
                    + ", but "
                    + (found.isEmpty()
                            ? "it has none"
                            : "it has " + found.size() + ": "
                                    + found.stream().map(Class::getSimpleName).collect(Collectors.joining(", ")))
                    + "; start from a template.");
        }
        return construct(found.get(0));
    }

    private <T> List<Class<? extends T>> implementations(final Class<T> type) {
        final CodeClassLoader loader = new CodeClassLoader(classes);
        final List<Class<? extends T>> found = new ArrayList<>();
        for (final String name : classes.keySet().stream().sorted().toList()) {
            final Class<?> candidate = loader.define(name);
            if (type.isAssignableFrom(candidate)
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
            throw new CodeFailure(this, e.getCause()).toException();
        } catch (final ExceptionInInitializerError e) {
            throw new CodeFailure(this, e.getCause()).toException();
        } catch (final ReflectiveOperationException e) {
            throw new InvalidInputException(
                    "The class " + type.getSimpleName()
                            + " of the step's Java code needs a constructor without arguments; write it as a class of its own, or"
                            + " as a static one.",
                    e);
        }
    }

    /** Whether a class is of this code. */
    boolean isOf(final String className) {
        return classes.containsKey(className);
    }

    /** The entries of a stack that lie in this code, the innermost first. */
    Stream<StackTraceElement> placesIn(final StackTraceElement[] stack) {
        return Stream.of(stack).filter(element -> isOf(element.getClassName()));
    }
}
