package org.gradienttape.host.workflow;

/** How far a node is; a constant's name is what workflow files call it. */
public enum NodeState {
    /** Not ready: its settings, or what comes in, do not fit or are not known yet. */
    IDLE,
    /** Ready to run as soon as its inputs are there. */
    CONFIGURED,
    /** Run; its outputs are there. */
    EXECUTED
}
