/** The node Metric Tracker: says what a log of training says, in a table and a chart. Start at the factory. */
package org.gradienttape.nodes.metrictracker;
