/** The node Table to Dataset: from rows of a table to datasets. Start at the factory. */
package org.gradienttape.nodes.tabletodataset;
