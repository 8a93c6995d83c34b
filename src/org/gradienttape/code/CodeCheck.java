package org.gradienttape.code;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Reads the byte code of compiled classes and refuses what is not in {@link AllowedCode}: every type and every member
 * that they name, in instructions, descriptors, lambdas, method references and class constants.
 */
final class CodeCheck extends ClassVisitor {
    private static final int NO_LINE = 0;

    private final SourceText source;

    /** The super types of each compiled class, by internal names. */
    private final Map<String, Set<String>> compiled;

    private CodeCheck(final SourceText source, final Map<String, Set<String>> compiled) {
        super(Opcodes.ASM9);
        this.source = source;
        this.compiled = compiled;
    }

    /**
     * Looks at every class that came from one text.
     *
     * @param classes each class file by the name of its class
     * @throws InvalidInputException if one uses what is not allowed; names it, and its line where there is one
     */
    static void check(final SourceText source, final Map<String, byte[]> classes) {
        final Map<String, Set<String>> compiled = new HashMap<>();
        for (final byte[] file : classes.values()) {
            final ClassReader reader = new ClassReader(file);
            final Set<String> parents = new LinkedHashSet<>(Set.of(reader.getInterfaces()));
            parents.add(reader.getSuperName());
            compiled.put(reader.getClassName(), parents);
        }
        for (final byte[] file : classes.values()) {
            new ClassReader(file).accept(new CodeCheck(source, compiled), ClassReader.SKIP_FRAMES);
        }
    }

    @Override
    public void visit(
            final int version,
            final int access,
            final String name,
            final String signature,
            final String superName,
            final String[] interfaces) {
        // A class of such a name would be checked here, and ours of the same name would run in its place.
        if (name.startsWith("java/") || name.startsWith("org/gradienttape/")) {
            throw refusal(
                    "the package " + name.substring(0, name.lastIndexOf('/')).replace('/', '.'), "package");
        }
        checkType(superName, NO_LINE);
        Stream.of(interfaces).forEach(type -> checkType(type, NO_LINE));
        // It could say that it is parallel, and Stream.concat would believe it.
        if (allSuperTypes(name).anyMatch("java/util/stream/BaseStream"::equals)) {
            throw refusal("a stream of its own", simpleName(name));
        }
    }

    @Override
    public FieldVisitor visitField(
            final int access, final String name, final String descriptor, final String signature, final Object value) {
        checkDescriptor(Type.getType(descriptor), NO_LINE);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            final int access,
            final String name,
            final String descriptor,
            final String signature,
            final String[] exceptions) {
        if (name.equals("finalize")) {
            throw refusal("finalize", name);
        }
        if ((access & Opcodes.ACC_NATIVE) != 0) {
            throw refusal("native methods", name);
        }
        checkDescriptor(Type.getMethodType(descriptor), NO_LINE);
        if (exceptions != null) {
            Stream.of(exceptions).forEach(type -> checkType(type, NO_LINE));
        }
        return new Instructions();
    }

    /** The instructions of one method, with the line that each belongs to. */
    private final class Instructions extends MethodVisitor {
        private int line = NO_LINE;

        Instructions() {
            super(CodeCheck.this.api);
        }

        @Override
        public void visitLineNumber(final int number, final Label start) {
            line = number;
        }

        @Override
        public void visitInsn(final int opcode) {
            if (opcode == Opcodes.MONITORENTER) { // whoever else locks the same would wait
                throw refusal("synchronized", line, "synchronized");
            }
        }

        @Override
        public void visitTypeInsn(final int opcode, final String type) {
            checkDescriptor(Type.getObjectType(type), line);
        }

        @Override
        public void visitMultiANewArrayInsn(final String descriptor, final int dimensions) {
            checkDescriptor(Type.getType(descriptor), line);
        }

        @Override
        public void visitTryCatchBlock(final Label start, final Label end, final Label handler, final String type) {
            if (type != null) {
                checkType(type, NO_LINE);
            }
        }

        @Override
        public void visitFieldInsn(final int opcode, final String owner, final String name, final String descriptor) {
            checkMember(owner, name, Type.getType(descriptor), line);
        }

        @Override
        public void visitMethodInsn(
                final int opcode,
                final String owner,
                final String name,
                final String descriptor,
                final boolean isInterface) {
            checkMember(owner, name, Type.getMethodType(descriptor), line);
        }

        @Override
        public void visitInvokeDynamicInsn(
                final String name, final String descriptor, final Handle bootstrap, final Object... arguments) {
            checkDescriptor(Type.getMethodType(descriptor), line);
            if (!AllowedCode.isBootstrap(bootstrap.getOwner(), bootstrap.getName())) {
                throw refusal(memberName(bootstrap.getOwner(), bootstrap.getName()), line, bootstrap.getName());
            }
            for (final Object argument : arguments) {
                checkConstant(argument);
            }
        }

        @Override
        public void visitLdcInsn(final Object value) {
            checkConstant(value);
        }

        private void checkConstant(final Object value) {
            if (value instanceof Type type) {
                checkDescriptor(type, line);
            } else if (value instanceof Handle handle) {
                final String descriptor = handle.getDesc();
                checkMember(
                        handle.getOwner(),
                        handle.getName(),
                        descriptor.startsWith("(") ? Type.getMethodType(descriptor) : Type.getType(descriptor),
                        line);
            } else if (value instanceof ConstantDynamic computed) {
                throw refusal(computed.getName(), line, computed.getName());
            }
        }
    }

    private void checkMember(final String owner, final String name, final Type descriptor, final int line) {
        if (owner.startsWith("[")) {
            checkDescriptor(Type.getObjectType(owner), line); // values() of an enum copies an array
            return;
        }
        if (!isKnown(owner) || allSuperTypes(owner).anyMatch(type -> isForbidden(type, name))) {
            throw refusal(memberName(owner, name), line, name.equals("<init>") ? simpleName(owner) : name);
        }
        checkDescriptor(descriptor, line);
    }

    private void checkDescriptor(final Type type, final int line) {
        switch (type.getSort()) {
            case Type.ARRAY -> checkDescriptor(type.getElementType(), line);
            case Type.OBJECT -> checkType(type.getInternalName(), line);
            case Type.METHOD -> {
                checkDescriptor(type.getReturnType(), line);
                Stream.of(type.getArgumentTypes()).forEach(argument -> checkDescriptor(argument, line));
            }
            default -> {} // primitive types
        }
    }

    private void checkType(final String type, final int line) {
        if (!isKnown(type)) {
            throw refusal(simpleName(type), line, simpleName(type));
        }
    }

    private boolean isKnown(final String type) {
        return compiled.containsKey(type) || AllowedCode.isAllowed(type);
    }

    /** Whether a type of Java or of ours declares a member that code may not use. */
    private boolean isForbidden(final String type, final String member) {
        return !compiled.containsKey(type) && !AllowedCode.isAllowed(type, member) && declares(type, member);
    }

    private static boolean declares(final String type, final String member) {
        final Class<?> loaded = load(type);
        return member.equals("<init>") && !loaded.isInterface()
                || Stream.of(loaded.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals(member))
                || Stream.of(loaded.getDeclaredFields())
                        .anyMatch(field -> field.getName().equals(member));
    }

    /** A type with all that it extends and implements, those of Java and of ours included. */
    private Stream<String> allSuperTypes(final String type) {
        final Set<String> found = new LinkedHashSet<>();
        collectSuperTypes(type, found);
        return found.stream();
    }

    private void collectSuperTypes(final String type, final Set<String> found) {
        if (type != null && found.add(type)) {
            directSuperTypes(type).forEach(parent -> collectSuperTypes(parent, found));
        }
    }

    private Stream<String> directSuperTypes(final String type) {
        if (compiled.containsKey(type)) {
            return compiled.get(type).stream();
        }
        final Class<?> loaded = load(type);
        return Stream.concat(Stream.of(Object.class, loaded.getSuperclass()), Stream.of(loaded.getInterfaces()))
                .filter(parent -> parent != null)
                .map(Type::getInternalName);
    }

    private static Class<?> load(final String type) {
        try {
            return Class.forName(
                    type.replace('/', '.'),
                    false,
                    type.startsWith("java/") ? ClassLoader.getPlatformClassLoader() : CodeCheck.class.getClassLoader());
        } catch (final ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible); // the compiler has seen it
        }
    }

    private InvalidInputException refusal(final String what, final String word) {
        return refusal(what, NO_LINE, word);
    }

    /** @param word stands in the line that is named if no line is known */
    private InvalidInputException refusal(final String what, final int line, final String word) {
        final int named = line == NO_LINE ? source.lineWith(word).orElse(NO_LINE) : line;
        final String place = named == NO_LINE ? "" : " (line " + named + ": " + source.quotedLine(named) + ")";
        final boolean prints = what.equals("System.out") || what.equals("System.err") || word.equals("printStackTrace");
        return new InvalidInputException(source.subject() + " may not use " + what + place
                + ", since only the step API and what computes in Java are open to it; "
                + (prints && source.owner().equals("step")
                        ? "write with run.log(...) instead."
                        : "remove it in " + source.place() + "."));
    }

    private static String memberName(final String owner, final String name) {
        return name.equals("<init>") ? simpleName(owner) : simpleName(owner) + "." + name;
    }

    private static String simpleName(final String type) {
        return type.substring(type.lastIndexOf('/') + 1).replace('$', '.');
    }
}
