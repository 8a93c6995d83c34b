/** The node Model Reader: from a file to a model. Start at the factory. */
package org.gradienttape.nodes.modelreader;
