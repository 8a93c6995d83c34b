/** What the dialogs of both trainers share: gradient clipping, schedules, and what happens between the epochs. */
package org.gradienttape.nodes.training;
