package org.gradienttape.torch;

import java.util.SimpleTimeZone;
import java.util.TimeZone;

/** Code that does not end before its test does, by the program's time zone, so that its thread takes no time from others. */
public final class LeftBehind {
    /** The head of a loop. */
    public static final String ENDLESS = "while (!java.util.TimeZone.getDefault().getID().equals(\"the end\")) {";

    private LeftBehind() {}

    /** Runs a test; then ends the loops. */
    public static void during(final Runnable test) throws InterruptedException {
        final TimeZone before = TimeZone.getDefault();
        try {
            test.run();
        } finally {
            TimeZone.setDefault(new SimpleTimeZone(0, "the end"));
            for (final Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("GradientTape Java code")) {
                    thread.join();
                }
            }
            TimeZone.setDefault(before);
        }
    }
}
