package org.gradienttape.code;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.StepEnd;
import org.gradienttape.state.Memory;
import org.gradienttape.state.ObjectMemory;

/**
 * An object of a user's class, or one of ours in its place. All calls of it go through here, so that whatever a user's code
 * throws names the line.
 *
 * @param <T> the interface that it implements
 */
public final class UserCode<T> {
    /** Absent where all is ours. */
    private final Optional<CompiledCode> code;

    private final T object;

    private UserCode(final Optional<CompiledCode> code, final T object) {
        this.code = code;
        this.object = object;
    }

    /** An object of ours, in the place of a user's. */
    public static <T> UserCode<T> ours(final T object) {
        return new UserCode<>(Optional.empty(), object);
    }

    /** An object of ours that works with a user's code, so that what it throws is laid at that code's door. */
    public static <T> UserCode<T> ours(final T object, final Optional<CompiledCode> used) {
        return new UserCode<>(used, object);
    }

    /**
     * Makes an object of the one class that implements a type, or of the public one where there are several.
     *
     * @throws InvalidInputException if there is not exactly one such class, or it cannot be made
     */
    public static <T> UserCode<T> one(final CompiledCode code, final Class<T> type) {
        return new UserCode<>(Optional.of(code), code.newInstance(type));
    }

    /**
     * Makes an object of each class that implements a type, in the order of the classes' names.
     *
     * @throws InvalidInputException if there is no such class, or one cannot be made
     */
    public static <T> List<UserCode<T>> each(final CompiledCode code, final Class<T> type) {
        return code.newInstances(type).stream()
                .map(object -> new UserCode<>(Optional.of(code), object))
                .toList();
    }

    /** The name of its class. */
    String name() {
        return object.getClass().getSimpleName();
    }

    /**
     * Keeps what the code left in fields, or gives it back; of an object of ours there is nothing.
     *
     * @throws InvalidInputException if a field holds what cannot be kept
     */
    public void keep(final Memory memory, final ObjectMemory objects) {
        if (code.isPresent()) {
            objects.keep(memory, object);
        }
    }

    /**
     * Calls the object.
     *
     * @throws InvalidInputException if it throws anything; names the line
     */
    public <R> R call(final Function<T, R> use) {
        if (code.isEmpty()) {
            return use.apply(object);
        }
        try {
            return use.apply(object);
        } catch (final StepEnd end) {
            throw end;
        } catch (final Throwable thrown) { // generics let code throw what no method declares
            throw CodeFailure.of(code.get(), thrown);
        }
    }
}
