package org.knime.node.parameters.widget.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.knime.node.parameters.updates.StateProvider;

/** A message in the dialog, in the place of a field of the type {@link Void}; it is not stored. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface TextMessage {
    /** Says what is shown; nothing while its state is empty. */
    Class<? extends StateProvider<Optional<Message>>> value();

    /**
     * What is shown.
     *
     * @param title stands in front
     */
    record Message(String title, String description, MessageType type) {}

    /** Color and sign of a message. */
    enum MessageType {
        INFO,
        WARNING,
        ERROR,
        SUCCESS
    }
}
