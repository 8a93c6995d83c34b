/** The node Model Writer: from a model to a file. Start at the factory. */
package org.gradienttape.nodes.modelwriter;
