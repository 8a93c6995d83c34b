package org.gradienttape.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    private Path folder;

    @Test
    void anotherProcessKeepsTheFolderAsLongAsItLives() throws Exception {
        final Process owner = JavaProcess.of(Owner.class, folder).start();
        try {
            assertThat(owner.inputReader().readLine()).isEqualTo("taken");

            assertThatThrownBy(() -> FolderLock.take(folder))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("another run, in process " + owner.pid() + " on ")
                    .hasMessageEndingWith("is using " + folder + "; wait for its end or choose another folder.");
        } finally {
            owner.destroyForcibly().waitFor();
        }

        FolderLock.take(folder).close();
    }

    @Test
    void aFolderIsFreeAgainWhenItsRunEnds() throws IOException {
        for (int run = 0; run < 2; run++) {
            try (FolderLock lock = FolderLock.take(folder)) {
                assertThat(lock).isNotNull();
                assertThatThrownBy(() -> FolderLock.take(folder))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(
                                "in process " + ProcessHandle.current().pid() + " on ");
            }
        }
    }

    /** Who cancels a run interrupts its thread, which closes the file before it is emptied. */
    @Test
    void aFolderIsFreeAgainWhenItsRunIsCancelled() throws IOException {
        final FolderLock lock = FolderLock.take(folder);

        Thread.currentThread().interrupt();
        lock.close();

        assertThat(Thread.interrupted()).isTrue();
        FolderLock.take(folder).close();
    }

    /** Ends by being killed, or a minute later. */
    static final class Owner {
        private Owner() {}

        public static void main(final String[] arguments) throws Exception {
            FolderLock.take(Path.of(arguments[0]));
            System.out.println("taken");
            TimeUnit.MINUTES.sleep(1);
        }
    }
}
