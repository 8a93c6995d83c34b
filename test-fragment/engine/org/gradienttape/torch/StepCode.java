package org.gradienttape.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Java texts of steps. */
public final class StepCode {
    private StepCode() {}

    /** One of the templates that the trainers offer. */
    public static String template(final String name) {
        try {
            return Files.readString(Path.of(System.getProperty("gradienttape.root"), "templates", name + ".java"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A step with this body; the body starts in line 5. */
    public static String step(final String body) {
        return step("", body);
    }

    /** A step with fields and a body. */
    public static String step(final String fields, final String body) {
        return """
                import java.util.*;
                import org.gradienttape.step.*; import org.gradienttape.layer.*; import org.gradienttape.tensor.*;
                public class Mine implements CustomStep { %s
                    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
                %s
                }}
                """.formatted(fields, body);
    }
}
