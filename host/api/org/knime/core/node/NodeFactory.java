package org.knime.core.node;

/**
 * What an extension registers for a node.
 *
 * @param <T> the model of the node
 */
public abstract class NodeFactory<T extends NodeModel> {

    /** The kind of a node; decides its colour on the canvas. */
    public enum NodeType {
        /** Produces data. */
        Source,
        /** Consumes data. */
        Sink,
        /** Trains a model. */
        Learner,
        /** Applies a model. */
        Predictor,
        /** Changes data. */
        Manipulator,
        /** Shows data. */
        Visualizer,
        /** None of the others. */
        Other
    }
}
