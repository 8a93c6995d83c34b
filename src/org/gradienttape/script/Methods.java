package org.gradienttape.script;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods of a module while they are written. */
final class Methods {
    private final String className;
    private final StringBuilder text = new StringBuilder();

    Methods(final String className) {
        this.className = className;
    }

    /**
     * Adds a method.
     *
     * @param parameters with their types, for example "x: Tensor"
     * @param returns the type
     * @param body statements, indented
     */
    void add(final String name, final List<String> parameters, final String returns, final String body) {
        final String declared = Stream.concat(Stream.of("self: __torch__." + className), parameters.stream())
                .collect(Collectors.joining(", "));
        text.append("def ")
                .append(name)
                .append('(')
                .append(declared)
                .append(") -> ")
                .append(returns)
                .append(":\n");
        text.append(body);
    }

    /** Parameters that are tensors. */
    static List<String> tensors(final List<String> names) {
        return names.stream().map(name -> name + ": Tensor").toList();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
