/**
 * Weights of other programs, by a table of names. Start at {@link org.gradienttape.pretrained.NamedWeights}. Depends on
 * layer, json, file.
 */
package org.gradienttape.pretrained;
