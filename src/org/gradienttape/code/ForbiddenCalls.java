package org.gradienttape.code;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * Keeps a step's code from what would end or disturb the program around it, and from the usual ways around that. It is a
 * guard against mistakes, not a wall against ill will: code in a node can do all that its user can do, as in KNIME's
 * Java Snippet.
 */
final class ForbiddenCalls {
    /** Methods of these classes that no step may call. */
    private static final Map<String, Set<String>> METHODS = Map.of(
            "java/lang/System",
                    Set.of(
                            "exit",
                            "load",
                            "loadLibrary",
                            "setSecurityManager",
                            "setIn",
                            "setOut",
                            "setErr",
                            "setProperties"),
            "java/lang/Runtime", Set.of("exit", "halt", "load", "loadLibrary", "addShutdownHook", "exec"));

    /** Of these classes a step may call these methods only. */
    private static final Map<String, Set<String>> ONLY = Map.of(
            "java/lang/Class",
            Set.of(
                    "getName",
                    "getSimpleName",
                    "getTypeName",
                    "isInstance",
                    "cast",
                    "desiredAssertionStatus",
                    "toString",
                    "hashCode",
                    "equals"));

    /** Classes that reach hidden members, other class loaders or other programs; with all that is nested in them. */
    private static final List<String> CLASSES = List.of(
            "java/lang/reflect/",
            "java/lang/invoke/MethodHandles",
            "java/lang/invoke/MethodHandleProxies",
            "java/lang/invoke/VarHandle",
            "java/lang/ClassLoader",
            "java/lang/Module",
            "java/lang/ProcessBuilder",
            "java/lang/ProcessHandle",
            "java/net/URLClassLoader",
            "java/security/SecureClassLoader",
            "java/util/ServiceLoader");

    /** Named by every class file with a lambda or a joined text, and never called from there. */
    private static final Set<String> NAMED_BY_LAMBDAS =
            Set.of("java/lang/invoke/MethodHandles", "java/lang/invoke/MethodHandles$Lookup");

    private ForbiddenCalls() {}

    /**
     * Looks at what compiled classes refer to.
     *
     * @throws InvalidInputException if one refers to what is forbidden; names it, and its line where it can be found
     */
    static void check(final SourceText source, final Collection<byte[]> classFiles) {
        for (final byte[] classFile : classFiles) {
            final ClassReferences references = ClassReferences.of(classFile);
            for (final ClassReferences.Member member : references.members()) {
                if (isForbidden(member)) {
                    throw refusal(source, simpleName(member.owner()) + "." + member.name(), member.name());
                }
            }
            for (final String type : references.types()) {
                if (!NAMED_BY_LAMBDAS.contains(type) && isForbidden(type)) {
                    throw refusal(source, simpleName(type), simpleName(type));
                }
            }
        }
    }

    private static boolean isForbidden(final ClassReferences.Member member) {
        final Set<String> only = ONLY.get(member.owner());
        return METHODS.getOrDefault(member.owner(), Set.of()).contains(member.name())
                || only != null && !only.contains(member.name())
                || isForbidden(member.owner());
    }

    private static boolean isForbidden(final String type) {
        return CLASSES.stream().anyMatch(type::startsWith);
    }

    private static InvalidInputException refusal(final SourceText source, final String what, final String word) {
        final String place = source.lineWith(word).stream()
                .mapToObj(line -> " (line " + line + ": " + source.quotedLine(line) + ")")
                .findFirst()
                .orElse("");
        return new InvalidInputException("The step's Java code may not use " + what + place
                + ", since that could end or change the program that runs it; remove it in the node's settings.");
    }

    private static String simpleName(final String type) {
        return type.substring(type.lastIndexOf('/') + 1).replace('$', '.');
    }
}
