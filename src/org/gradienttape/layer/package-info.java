/**
 * What a network is: sealed {@link org.gradienttape.layer.Layer} records, chained to a
 * {@link org.gradienttape.layer.Network}, with initial {@link org.gradienttape.layer.Weights}. Pure description, no
 * tensors. Depends on the JDK only.
 */
package org.gradienttape.layer;
