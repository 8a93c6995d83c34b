/** The node Dataset Reader: from files to datasets. Start at the factory. */
package org.gradienttape.nodes.datasetreader;
