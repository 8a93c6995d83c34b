/** The node Dataset to Table: shows the samples of a dataset as rows. Start at the factory. */
package org.gradienttape.nodes.datasettotable;
