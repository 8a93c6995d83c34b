package org.gradienttape.code;

import java.util.Map;
import org.gradienttape.step.CustomStep;

/** Loads compiled classes, which see the step API and the JDK and nothing else of the program. */
final class CodeClassLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    CodeClassLoader(final Map<String, byte[]> classes) {
        super("step code", new StepApi());
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

    /** The JDK, and the step API as the program itself has it. */
    private static final class StepApi extends ClassLoader {
        StepApi() {
            super("step API", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(final String name) throws ClassNotFoundException {
            if (name.startsWith(VisibleTypes.STEP_API + ".")) {
                return CustomStep.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
