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
    public Object start(IApplicationContext context) {
        context.applicationRunning();
        String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        Console console = Console.of(System.out, System.err, System.getProperties());
        return print(arguments.length == 1 ? arguments[0] : "", console).number();
    }

    @Override
    public void stop() {}

    /** Prints the report of this name. */
    public static ExitCode print(String name, Console console) {
        for (IConfigurationElement element :
                RegistryFactory.getRegistry().getConfigurationElementsFor(EXTENSION_POINT)) {
            if (name.equals(element.getAttribute("name"))) {
                return print(element, console);
            }
        }
        console.error("There is no report \"" + name + "\"; give the name of one that an installed plug-in offers.");
        return ExitCode.PARAMETERS;
    }

    private static ExitCode print(IConfigurationElement element, Console console) {
        try {
            Supplier<?> report = (Supplier<?>) element.createExecutableExtension("class");
            console.line(String.valueOf(report.get()));
            return ExitCode.SUCCESS;
        } catch (CoreException | RuntimeException | LinkageError e) {
            console.error("The report cannot be made: " + e.getMessage(), e);
            return ExitCode.EXECUTION;
        }
    }
}
