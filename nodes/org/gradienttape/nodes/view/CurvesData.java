package org.gradienttape.nodes.view;

import java.util.List;
import java.util.Map;
import org.gradienttape.analysis.Direction;
import org.gradienttape.nodes.table.BackendTable;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;

/**
 * What the page of curves shows; it reaches the page as JSON, with these names.
 *
 * @param title of the page
 * @param logs the curves, grouped by the table that they come from
 * @param images in the order of training; may be fewer than were made
 * @param imagesMade how many there are in all
 * @param backend what computed the run, by property; empty if it is not known
 */
public record CurvesData(
        String title, List<Log> logs, List<Image> images, long imagesMade, Map<String, String> backend) {
    /** What one row of a log stands for. */
    public enum Level {
        STEP,
        EPOCH,
        /** Anything else: the log names neither. */
        ROW
    }

    /**
     * One table.
     *
     * @param run that it tells of
     * @param xTitle what x counts
     * @param rows how many the table has; more than are drawn if it is long
     * @param means whether the values are not logged ones but means of each epoch's rows
     * @param x where each drawn row stands on the axis
     * @param epochs of each drawn row
     * @param series one per column that is drawn
     */
    public record Log(
            String run,
            Level level,
            String xTitle,
            long rows,
            boolean means,
            double[] x,
            int[] epochs,
            List<Series> series) {}

    /**
     * One column.
     *
     * @param direction losses, metrics and all else are drawn in charts of their own
     * @param values null for missing, NaN and infinite
     */
    public record Series(String name, Direction direction, Double[] values) {}

    /** The pictures that were made at one step. */
    public record Image(int epoch, int step, List<Picture> pictures) {}

    /**
     * One picture.
     *
     * @param noise which noise it was generated from
     * @param png the file, in base 64
     */
    public record Picture(String noise, byte[] png) {}

    public CurvesData {
        logs = List.copyOf(logs);
        images = List.copyOf(images);
    }

    /** Curves without images. */
    public CurvesData(final String title, final List<Log> logs) {
        this(title, logs, List.of(), 0);
    }

    public CurvesData(final String title, final List<Log> logs, final List<Image> images, final long imagesMade) {
        this(title, logs, images, imagesMade, Map.of());
    }

    /**
     * The same with what computed the run.
     *
     * @param kept tables that a node kept
     * @param place of the {@link BackendTable} among them; nodes that an older version executed kept none
     */
    public CurvesData computedWith(final PortObject[] kept, final int place) {
        return kept.length > place
                ? new CurvesData(title, logs, images, imagesMade, BackendTable.read((BufferedDataTable) kept[place]))
                : this;
    }
}
