package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the hook in a process of its own, which is then told to end as Control-C does. */
class CancelHookTest {

    @Test
    void aSignalCancelsTheRunAndEndsWithExitCode4() throws Exception {
        final Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongRun.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("running");

            process.toHandle().destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output.readLine()).isEqualTo("cleaned up");
            assertThat(output.readLine()).isNull();
            assertThat(process.exitValue()).isEqualTo(4);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A run that goes on until it is cancelled. */
    static final class LongRun {

        private LongRun() {}

        public static void main(final String[] arguments) throws InterruptedException, IOException {
            final CountDownLatch cancelled = new CountDownLatch(1);
            final CancelHook hook = CancelHook.install(cancelled::countDown);
            System.out.println("running");
            cancelled.await();
            System.out.println("cleaned up");
            hook.close();
            System.out.println("never reached");
        }
    }
}
