package org.gradienttape.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.state.Memory;
import org.gradienttape.train.LoopListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever listens beside the log hears all that it would hear without it. */
class TensorBoardLogTest {
    private final List<String> heard = new ArrayList<>();

    @TempDir
    private Path folder;

    private <T> T recorder(final Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    heard.add(method.getName());
                    return method.getReturnType() == boolean.class ? true : null;
                }));
    }

    @Test
    void theRunsOwnListenerIsToldOfAll() {
        try (TensorBoardLog log = TensorBoardLog.open(folder, heard::add)) {
            final LoopListener both = log.besides(
                    recorder(LoopListener.class),
                    new TensorBoardLog.Content(List.of(), List.of(), List.of(), 1, Map.of()));

            both.log("a line");
            both.epochStarts(0);
            assertThat(both.looksBefore(0)).isTrue();
            both.beforeStep(0, 0);
            both.afterStep(0, 0, null);
            assertThat(both.goOn(null)).isTrue();
            both.trained(List.of(), List.of());
            both.validated(List.of(), List.of());
            both.keep(Memory.empty());
        }

        assertThat(heard)
                .containsExactly(
                        "log",
                        "epochStarts",
                        "looksBefore",
                        "beforeStep",
                        "afterStep",
                        "goOn",
                        "trained",
                        "validated",
                        "keep");
    }

    @Test
    void theRunsOwnMonitorIsToldOfAll() {
        try (TensorBoardLog log = TensorBoardLog.open(folder, heard::add)) {
            final GanMonitor both = log.besides(recorder(GanMonitor.class), 1);

            assertThat(both.goOn(null)).isTrue();
            both.log("a line");
            both.warn("a sentence");
            both.kept(List.of());
        }

        assertThat(heard).containsExactly("goOn", "log", "warn", "kept");
    }
}
