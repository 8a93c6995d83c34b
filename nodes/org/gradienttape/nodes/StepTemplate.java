package org.gradienttape.nodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;

/** The Java texts that code of one's own starts from: the files of the folder templates. */
public final class StepTemplate {
    /** The field of the dialog with the text. */
    public static final class Reference implements ParameterReference<String> {}

    private StepTemplate() {}

    /** What an enum of templates offers; its constants stand in the dialog. */
    public interface Choice {
        /** The template's class; empty for the text in the field of the dialog. */
        String className();
    }

    /**
     * Shows the template that is chosen; the text stays when one's own code is chosen after it.
     *
     * @param <T> the templates of a dialog
     */
    public abstract static class ShownCode<T extends Choice> implements StateProvider<String> {
        private final Class<? extends ParameterReference<T>> templateField;
        private final Class<? extends ParameterReference<String>> codeField;
        private Supplier<T> template;
        private Supplier<String> own;

        protected ShownCode(
                final Class<? extends ParameterReference<T>> templateField,
                final Class<? extends ParameterReference<String>> codeField) {
            this.templateField = templateField;
            this.codeField = codeField;
        }

        @Override
        public final void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            template = initializer.computeFromValueSupplier(templateField);
            own = initializer.getValueSupplier(codeField);
        }

        @Override
        public final String computeState(final NodeParametersInput parametersInput) {
            return text(template.get(), own.get());
        }
    }

    /** The text of what is chosen. */
    public static String text(final Choice template, final String own) {
        return template.className().isEmpty() ? own : text(template.className());
    }

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
