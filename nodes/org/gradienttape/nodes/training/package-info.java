/**
 * What both trainers share: gradient clipping, schedules and what happens between the epochs in their dialogs, and how a run is
 * shown at its node.
 */
package org.gradienttape.nodes.training;
