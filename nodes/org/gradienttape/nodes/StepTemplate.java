package org.gradienttape.nodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.knime.node.parameters.updates.ParameterReference;

/** The Java texts that code of one's own starts from: the files of the folder templates. */
public final class StepTemplate {
    /** The field of the dialog with the text. */
    public static final class Reference implements ParameterReference<String> {}

    private StepTemplate() {}

    /**
     * The text of a template.
     *
     * @param name of its class, for example "ClipGradients"
     */
    public static String text(final String name) {
        try (InputStream in = StepTemplate.class.getResourceAsStream("/templates/" + name + ".java")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
