package org.knime.core.node.message;

import java.util.List;
import java.util.Objects;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;

/** What a node tells the person: one sentence, and what might help. */
public final class Message {
    private final String summary;
    private final List<String> resolutions;

    private Message(String summary, List<String> resolutions) {
        this.summary = Objects.requireNonNull(summary, "a message needs a summary");
        this.resolutions = resolutions;
    }

    public static Message fromSummary(String summary) {
        return new Message(summary, List.of());
    }

    public static Message fromSummaryWithResolution(String summary, String... resolutions) {
        return new Message(summary, List.of(resolutions));
    }

    public String getSummary() {
        return summary;
    }

    public List<String> getResolutions() {
        return resolutions;
    }

    public KNIMEException toKNIMEException() {
        return KNIMEException.of(this);
    }

    public KNIMEException toKNIMEException(Throwable cause) {
        return KNIMEException.of(this, cause);
    }

    public InvalidSettingsException toInvalidSettingsException() {
        return new InvalidSettingsException(summary);
    }

    public InvalidSettingsException toInvalidSettingsException(Throwable cause) {
        return new InvalidSettingsException(summary, cause);
    }

    @Override
    public String toString() {
        return summary;
    }
}
