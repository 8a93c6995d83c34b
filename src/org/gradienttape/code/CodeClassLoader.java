package org.gradienttape.code;

import java.util.Map;
import java.util.Set;
import org.gradienttape.step.CustomStep;

/** Loads compiled classes, which see what {@link AllowedCode} lists, and nothing else. */
final class CodeClassLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    /**
     * @param name in stack traces
     */
    CodeClassLoader(final String name, final Map<String, byte[]> classes) {
        super(name, new StepApi());
        this.classes = classes;
    }

    /** One of the compiled classes. */
    Class<?> define(final String name) {
        try {
            return loadClass(name);
        } catch (final ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    protected Class<?> findClass(final String name) throws ClassNotFoundException {
        final byte[] classFile = classes.get(name);
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length);
    }

    /** What code may use of Java, and of ours as the program itself has it. */
    private static final class StepApi extends ClassLoader {
        /** What the Java runtime itself asks for to link lambdas, joined texts and records. */
        private static final Set<String> LINKAGE = Set.of("java.lang.invoke", "java.lang.runtime");

        StepApi() {
            super("step API", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
            final String folder = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
            if (!AllowedCode.isAllowed(name.replace('.', '/')) && !LINKAGE.contains(folder)) {
                throw new ClassNotFoundException(name);
            }
            return VisibleTypes.isOurs(folder)
                    ? CustomStep.class.getClassLoader().loadClass(name)
                    : super.loadClass(name, resolve);
        }
    }
}
