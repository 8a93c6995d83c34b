/** The node Model Builder: from layers in a dialog to a model with fresh weights. Start at the factory. */
package org.gradienttape.nodes.modelbuilder;
