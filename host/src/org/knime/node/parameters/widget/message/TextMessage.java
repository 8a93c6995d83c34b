package org.knime.node.parameters.widget.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.StateProvider;

/** Shows a text in the dialog in the place of a {@code Void} field, which is not stored. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface TextMessage {

    Class<? extends StateProvider<Optional<Message>>> value();

    /** A message that depends on the inputs at most. */
    interface SimpleTextMessageProvider extends StateProvider<Optional<Message>> {

        boolean showMessage(NodeParametersInput context);

        String title();

        String description();

        MessageType type();

        @Override
        default void init(StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
        }

        @Override
        default Optional<Message> computeState(NodeParametersInput context) {
            return showMessage(context) ? Optional.of(new Message(title(), description(), type())) : Optional.empty();
        }
    }

    /**
     * A text to show.
     *
     * @param title       its heading
     * @param description the text
     * @param type        how it is drawn
     */
    record Message(String title, String description, MessageType type) {}

    /** How a message is drawn. */
    enum MessageType {
        INFO,
        WARNING,
        ERROR,
        SUCCESS
    }
}
