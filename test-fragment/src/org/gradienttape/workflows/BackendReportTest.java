package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.gradienttape.host.batch.Console;
import org.gradienttape.host.batch.ExitCode;
import org.gradienttape.host.batch.ReportApplication;
import org.junit.jupiter.api.Test;

/** What ./gradienttape backend prints. */
class BackendReportTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Console console = Console.of(out, out, new Properties());

    @Test
    void oneLinePerProperty() {
        assertThat(ReportApplication.print("backend", console)).isEqualTo(ExitCode.SUCCESS);

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .hasSize(7)
                .contains("CPU threads per operation 1")
                .anySatisfy(line -> assertThat(line).startsWith("Engine                    PyTorch 2.7.1"))
                .anySatisfy(line -> assertThat(line).matches("Device +(CPU|GPU 0.*)"))
                .anySatisfy(line -> assertThat(line).matches("Native libraries +/.+"));
    }

    @Test
    void anUnknownReportIsAWrongArgument() {
        assertThat(ReportApplication.print("weather", console)).isEqualTo(ExitCode.PARAMETERS);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("There is no report \"weather\"");
    }
}
