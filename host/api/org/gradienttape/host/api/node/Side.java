package org.gradienttape.host.api.node;

/** The side of a node on which a port lies. */
public enum Side {
    INPUT,
    OUTPUT
}
