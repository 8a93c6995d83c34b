package org.gradienttape.host.saved;

import java.util.List;
import org.gradienttape.host.workflow.Workflow;

/**
 * What came of reading a workflow.
 *
 * @param errors a sentence for each part that could not be loaded; the workflow goes without these parts
 */
public record LoadedWorkflow(Workflow workflow, List<String> errors) {

    public LoadedWorkflow {
        errors = List.copyOf(errors);
    }
}
