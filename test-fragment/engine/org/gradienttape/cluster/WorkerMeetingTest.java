package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerMeetingTest {
    /** Of no machine: RFC 5737 keeps it for examples. */
    private static final String ELSEWHERE = "203.0.113.1";

    @TempDir
    private Path folder;

    /** The others wait in the same call until all have come. */
    @Test
    void aWorkerThatCannotListenTellsTheOthers() {
        final List<String> told = new ArrayList<>();

        final JobFolder.Outcome outcome = WorkerMeeting.run(
                new JobFolder(folder),
                1,
                ELSEWHERE,
                said -> {
                    told.add(said);
                    return List.of("ready 127.0.0.1:4000", said);
                },
                new UUID(1, 2),
                Duration.ofSeconds(60),
                () -> false);

        assertThat(outcome.ending()).isEqualTo(JobFolder.Ending.REFUSED);
        assertThat(outcome.sentence())
                .matches("Worker 1 could not listen on 203\\.0\\.113\\.1 \\(.+\\);"
                        + " correct the address under which Spark knows its machine\\.");
        assertThat(told).containsExactly(outcome.sentence());
    }
}
