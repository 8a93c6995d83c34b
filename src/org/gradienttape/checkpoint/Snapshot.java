package org.gradienttape.checkpoint;

import org.gradienttape.model.Model;
import org.gradienttape.state.RunState;

/**
 * A run at one moment, copied, so that it can be written while the run goes on.
 *
 * @param model as it is trained so far
 * @param state all that the rest of the run depends on
 */
record Snapshot(Model model, RunState state) {}
