package org.gradienttape.host.workflow;

/** What a node last had to say; it is saved with the node. */
public record NodeMessage(Kind kind, String text) {

    /** How serious a message is; a constant's name is what workflow files call it. */
    public enum Kind {
        WARNING,
        ERROR
    }

    static NodeMessage warning(final String text) {
        return new NodeMessage(Kind.WARNING, text);
    }

    static NodeMessage error(final String text) {
        return new NodeMessage(Kind.ERROR, text);
    }
}
