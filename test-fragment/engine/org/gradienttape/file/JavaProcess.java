package org.gradienttape.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Another process, that runs a class of the tests. */
public final class JavaProcess {
    private JavaProcess() {}

    /**
     * Its command.
     *
     * @param options of the virtual machine, for example "-Xmx24m"
     * @param arguments as texts
     */
    public static List<String> command(final List<String> options, final Class<?> main, final Object... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    /** One whose complaints are seen. */
    public static ProcessBuilder of(final Class<?> main, final Object... arguments) {
        return new ProcessBuilder(command(List.of(), main, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
