/** The node Neural Network Learner. */
package org.gradienttape.nodes.learner;
