package org.gradienttape.nodes.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.gradienttape.analysis.Direction;
import org.gradienttape.analysis.Series;
import org.gradienttape.analysis.Series.Point;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.TableText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

class LogReaderTest {
    private final FileStores stores = new FileStores();

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void stepsAreCountedOverAllEpochs() throws CanceledExecutionException {
        final BufferedDataTable log = TableText.table(
                stores,
                "Epoch int, Step int, Loss double",
                "0 | 0 | 9",
                "0 | 200 | 8",
                "0 | 400 | 7",
                "1 | 0 | 6",
                "1 | 200 | 5");

        assertThat(LogReader.read(log, List.of("Loss"), new ExecutionMonitor()))
                .containsExactly(new Series(
                        "Loss",
                        Direction.LOWER_IS_BETTER,
                        List.of(
                                new Point(0, 0, 9),
                                new Point(0, 200, 8),
                                new Point(0, 400, 7),
                                new Point(1, 600, 6),
                                new Point(1, 800, 5))));
        assertThat(LogReader.axisTitle(log.getSpec())).isEqualTo("Step over all epochs");
    }

    @Test
    void epochsOfOneLoggedStepLieOneApart() throws CanceledExecutionException {
        final BufferedDataTable log =
                TableText.table(stores, "Epoch int, Step int, Loss double", "0 | 0 | 9", "1 | 0 | 8", "2 | 0 | 7");

        assertThat(LogReader.read(log, List.of("Loss"), new ExecutionMonitor())
                        .get(0)
                        .points())
                .containsExactly(new Point(0, 0, 9), new Point(1, 1, 8), new Point(2, 2, 7));
    }

    @Test
    void epochsArePlacesOfAnEpochLog() throws CanceledExecutionException {
        final BufferedDataTable log =
                TableText.table(stores, "Epoch int, Accuracy double", "3 | 0.5", "4 | ?", "5 | 0.7");

        final List<Point> points = LogReader.read(log, List.of("Accuracy"), new ExecutionMonitor())
                .get(0)
                .points();

        assertThat(points).containsExactly(new Point(3, 3, 0.5), new Point(4, 4, Double.NaN), new Point(5, 5, 0.7));
        assertThat(LogReader.axisTitle(log.getSpec())).isEqualTo("Epoch");
    }

    @Test
    void rowsAreCountedWhereNothingElseIsThere() throws CanceledExecutionException {
        final BufferedDataTable log = TableText.table(stores, "Price double", "1", "2");

        assertThat(LogReader.read(log, List.of("Price"), new ExecutionMonitor()))
                .containsExactly(new Series("Price", Direction.NONE, List.of(new Point(0, 0, 1), new Point(0, 1, 2))));
        assertThat(LogReader.axisTitle(log.getSpec())).isEqualTo("Row");
    }
}
