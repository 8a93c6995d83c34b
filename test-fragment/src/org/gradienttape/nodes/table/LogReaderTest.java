package org.gradienttape.nodes.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.gradienttape.analysis.Direction;
import org.gradienttape.analysis.Series;
import org.gradienttape.analysis.Series.Point;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.log.LogCurves;
import org.gradienttape.nodes.log.LogCurves.Axis;
import org.gradienttape.nodes.log.LogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

class LogReaderTest {
    private static final String COLUMNS = "Epoch int, Step int, Loss double";

    private final FileStores stores = new FileStores();

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    /** Keras' guide: 782 steps of which every 200th is logged. */
    @Test
    void theStepsOfAnEpochAreThoseOfTheRun() throws CanceledExecutionException {
        final LogCurves curves =
                read(of(782, "0 | 0 | 9", "0 | 200 | 8", "0 | 400 | 7", "0 | 600 | 7", "1 | 0 | 6", "1 | 200 | 5"));

        assertThat(curves.axis()).isEqualTo(Axis.STEPS);
        assertThat(curves.axis().title()).isEqualTo("Step over all epochs");
        assertThat(curves.series())
                .containsExactly(new Series(
                        "Loss",
                        Direction.LOWER_IS_BETTER,
                        List.of(
                                new Point(0, 0, 9),
                                new Point(0, 200, 8),
                                new Point(0, 400, 7),
                                new Point(0, 600, 7),
                                new Point(1, 782, 6),
                                new Point(1, 982, 5))));
    }

    @Test
    void rowsThatWereFilteredOutKeepTheirPlace() throws CanceledExecutionException {
        final LogCurves curves = read(of(10, "2 | 5 | 9", "4 | 0 | 8"));

        assertThat(curves.axis()).isEqualTo(Axis.STEPS);
        assertThat(x(curves)).containsExactly(25, 40);
    }

    /** Two runs of two epochs each, one log under the other. */
    @Test
    void aRunThatFollowsAnotherIsCountedOn() throws CanceledExecutionException {
        final LogCurves curves = read(of(10, "0 | 0 | 9", "1 | 0 | 8", "0 | 0 | 7", "1 | 5 | 6"));

        assertThat(curves.axis()).isEqualTo(Axis.STEPS);
        assertThat(x(curves)).containsExactly(0, 10, 20, 35);
    }

    @Test
    void withARowForEveryStepTheLogShowsHowLongItsEpochsAre() throws CanceledExecutionException {
        final LogCurves curves = read(table("0 | 0 | 9", "0 | 1 | 8", "0 | 2 | 7", "1 | 0 | 6", "1 | 1 | 5"));

        assertThat(curves.axis()).isEqualTo(Axis.STEPS);
        assertThat(x(curves)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void stepsOfOneEpochNeedNoLength() throws CanceledExecutionException {
        final LogCurves curves = read(table("3 | 0 | 9", "3 | 200 | 8"));

        assertThat(curves.axis()).isEqualTo(Axis.STEP);
        assertThat(x(curves)).containsExactly(0, 200);
        assertThat(read(table("0 | 0 | 9")).axis()).isEqualTo(Axis.STEP);
    }

    @Test
    void whereNothingSaysHowLongAnEpochIsTheRowsAreCounted() throws CanceledExecutionException {
        final LogCurves curves = read(table("0 | 0 | 9", "0 | 200 | 8", "1 | 0 | 7", "1 | 200 | 6"));

        assertThat(curves.axis()).isEqualTo(Axis.LOGGED_STEPS);
        assertThat(curves.axis().title()).isEqualTo("Logged step");
        assertThat(x(curves)).containsExactly(0, 1, 2, 3);
        // one row per epoch says nothing about its length
        assertThat(read(table("0 | 0 | 9", "1 | 0 | 8", "2 | 0 | 7")).axis()).isEqualTo(Axis.LOGGED_STEPS);
        // of a run of which every second step is logged
        assertThat(read(table("0 | 0 | 9", "0 | 2 | 8", "1 | 0 | 7")).axis()).isEqualTo(Axis.LOGGED_STEPS);
    }

    @Test
    void aLengthThatTheStepsContradictIsNotBelieved() throws CanceledExecutionException {
        assertThat(read(of(200, "0 | 0 | 9", "0 | 200 | 8", "1 | 0 | 7")).axis())
                .isEqualTo(Axis.LOGGED_STEPS);
    }

    @Test
    void rowsOutOfOrderOrWithoutAStepAreCounted() throws CanceledExecutionException {
        final LogCurves sorted = read(of(782, "0 | 200 | 7", "0 | 0 | 9"));
        final LogCurves gap = read(of(782, "0 | 0 | 9", "0 | ? | 8", "1 | 0 | 7"));

        assertThat(sorted.axis()).isEqualTo(Axis.LOGGED_STEPS);
        assertThat(x(sorted)).containsExactly(0, 1);
        assertThat(x(gap)).containsExactly(0, 1, 2);
        assertThat(gap.series().get(0).points().get(1).epoch()).isZero();
    }

    @Test
    void epochsArePlacesOfAnEpochLog() throws CanceledExecutionException {
        final BufferedDataTable log =
                TableText.table(stores, "Epoch int, Accuracy double", "3 | 0.5", "4 | ?", "5 | 0.7");

        final LogCurves curves = LogReader.read(log, List.of("Accuracy"), new ExecutionMonitor());

        assertThat(curves.series().get(0).points())
                .containsExactly(new Point(3, 3, 0.5), new Point(4, 4, Double.NaN), new Point(5, 5, 0.7));
        assertThat(curves.axis().title()).isEqualTo("Epoch");
    }

    @Test
    void epochsThatGoBackAreNoPlaces() throws CanceledExecutionException {
        final BufferedDataTable log = TableText.table(stores, "Epoch int, Loss double", "0 | 3", "1 | 2", "0 | 1");

        final LogCurves curves = LogReader.read(log, List.of("Loss"), new ExecutionMonitor());

        assertThat(curves.axis()).isEqualTo(Axis.ROWS);
        assertThat(x(curves)).containsExactly(0, 1, 2);
    }

    @Test
    void rowsAreCountedWhereNothingElseIsThere() throws CanceledExecutionException {
        final BufferedDataTable log = TableText.table(stores, "Price double", "1", "2");

        final LogCurves curves = LogReader.read(log, List.of("Price"), new ExecutionMonitor());

        assertThat(curves.series())
                .containsExactly(new Series("Price", Direction.NONE, List.of(new Point(0, 0, 1), new Point(0, 1, 2))));
        assertThat(curves.axis().title()).isEqualTo("Row");
    }

    @Test
    void differentAxesShareOneTitle() throws CanceledExecutionException {
        final LogCurves known = read(of(782, "0 | 0 | 9", "1 | 0 | 8"));
        final LogCurves unknown = read(table("0 | 0 | 9", "1 | 0 | 8"));

        assertThat(LogCurves.axisTitle(List.of(known, known).stream())).isEqualTo("Step over all epochs");
        assertThat(LogCurves.axisTitle(List.of(known, unknown).stream()))
                .isEqualTo("Step over all epochs or Logged step");
    }

    private LogCurves read(final BufferedDataTable log) throws CanceledExecutionException {
        return LogReader.read(log, List.of("Loss"), new ExecutionMonitor());
    }

    private static double[] x(final LogCurves curves) {
        return curves.series().get(0).points().stream().mapToDouble(Point::x).toArray();
    }

    private BufferedDataTable table(final String... rows) {
        return TableText.table(stores, COLUMNS, rows);
    }

    /** A log whose column Step says how many steps an epoch has. */
    private BufferedDataTable of(final int stepsPerEpoch, final String... rows) {
        final DataColumnSpec[] columns = table().getSpec().stream().toArray(DataColumnSpec[]::new);
        final DataColumnSpecCreator step = new DataColumnSpecCreator(columns[1]);
        step.setProperties(new DataColumnProperties(Map.of("steps-per-epoch", "" + stepsPerEpoch)));
        columns[1] = step.createSpec();
        return TableText.table(stores, new DataTableSpec(columns), rows);
    }
}
