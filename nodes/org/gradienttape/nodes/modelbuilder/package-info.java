/**
 * The nodes Model Builder, from layers in a dialog to a model with fresh weights, and Layer, which draws one on the canvas with
 * the same settings. Start at the factories.
 */
package org.gradienttape.nodes.modelbuilder;
