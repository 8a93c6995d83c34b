package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFolderTest {
    @TempDir
    private Path folder;

    /** A worker may be in the middle of a line. */
    @Test
    void warningsComeAsSuchAndLinesAsAWhole() throws IOException {
        final JobFolder job = new JobFolder(folder);
        assertThat(job.said()).isEmpty();
        job.say(new JobFolder.Line(JobFolder.Weight.LOG, "Start of epoch 0"));
        job.say(new JobFolder.Line(JobFolder.Weight.WARNING, "Fewer workers would be faster."));
        Files.writeString(folder.resolve("lines.txt"), "LOG Start of", StandardOpenOption.APPEND);
        final List<String> heard = new ArrayList<>();

        job.said().forEach(line -> line.tell(noting(heard)));

        assertThat(heard).containsExactly("log Start of epoch 0", "warn Fewer workers would be faster.");
    }

    /** A step in Java may log whatever it likes, and the end of the file may be the first half of a letter. */
    @Test
    void textsWithLineBreaksAreOneLine() throws IOException {
        final JobFolder job = new JobFolder(folder);
        job.say(new JobFolder.Line(JobFolder.Weight.LOG, "one\rtwo\r\nthree\nfour"));
        Files.write(
                folder.resolve("lines.txt"), new byte[] {'L', 'O', 'G', ' ', (byte) 0xc3}, StandardOpenOption.APPEND);
        final List<String> heard = new ArrayList<>();

        job.said().forEach(line -> line.tell(noting(heard)));

        assertThat(heard).containsExactly("log one two three four");
    }

    /** A step in Java that cuts a text may cut an emoji, which UTF-8 cannot hold. */
    @Test
    void halvesOfCharactersDoNotEndTheRun() throws IOException {
        final JobFolder job = new JobFolder(folder);
        final List<String> heard = new ArrayList<>();

        job.say(new JobFolder.Line(JobFolder.Weight.LOG, "cut \ud83d"));
        job.said().forEach(line -> line.tell(noting(heard)));

        assertThat(heard).containsExactly("log cut ?");
    }

    private static TrainingMonitor noting(final List<String> heard) {
        return new TrainingMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                return true;
            }

            @Override
            public void log(final String line) {
                heard.add("log " + line);
            }

            @Override
            public void warn(final String sentence) {
                heard.add("warn " + sentence);
            }
        };
    }
}
