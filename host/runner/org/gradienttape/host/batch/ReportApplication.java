package org.gradienttape.host.batch;

import java.util.function.Supplier;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;

/**
 * Prints a report that a plug-in offers, as an Equinox application, <code>org.gradienttape.report</code>. Its only argument is
 * the name of the report.
 */
public final class ReportApplication implements IApplication {

    private static final String EXTENSION_POINT = "org.gradienttape.reports";

    @Override
    public Object start(final IApplicationContext context) {
        context.applicationRunning();
        final String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        final Console console = Console.of(System.out, System.err, System.getProperties());
        return print(arguments.length == 1 ? arguments[0] : "", console).number();
    }

    @Override
    public void stop() {}

    /** Prints the report of this name. */
    public static ExitCode print(final String name, final Console console) {
        for (final IConfigurationElement element :
                RegistryFactory.getRegistry().getConfigurationElementsFor(EXTENSION_POINT)) {
            if (name.equals(element.getAttribute("name"))) {
                return print(element, console);
            }
        }
        console.error("There is no report \"" + name + "\"; give the name of one that an installed plug-in offers.");
        return ExitCode.PARAMETERS;
    }

    private static ExitCode print(final IConfigurationElement element, final Console console) {
        try {
            final Supplier<?> report = (Supplier<?>) element.createExecutableExtension("class");
            console.line(String.valueOf(report.get()));
            return ExitCode.SUCCESS;
        } catch (final CoreException | RuntimeException | LinkageError e) {
            console.error("The report cannot be made: " + e.getMessage(), e);
            return ExitCode.EXECUTION;
        }
    }
}
