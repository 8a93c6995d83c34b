package org.gradienttape.host.batch;

import java.util.List;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.gradienttape.host.workflow.ExtensionNodeRegistry;

/**
 * The headless runner as an Equinox application, <code>org.gradienttape.headless</code>.
 *
 * <p>Takes the options of KNIME's batch application and a few of its own; called without any, it lists them. Control-C
 * cancels the run.
 */
public final class BatchApplication implements IApplication {

    private volatile BatchRun run;

    @Override
    public Object start(final IApplicationContext context) {
        context.applicationRunning();
        final Object arguments = context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        final Console console = Console.of(System.out, System.err, System.getProperties());
        run = new BatchRun(new ExtensionNodeRegistry(RegistryFactory.getRegistry()), console);
        final CancelHook hook = CancelHook.install(run::cancel);
        try {
            return run.run(List.of((String[]) arguments)).number();
        } finally {
            hook.close();
        }
    }

    @Override
    public void stop() {
        final BatchRun current = run;
        if (current != null) {
            current.cancel();
        }
    }
}
