package org.gradienttape.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.gradienttape.analysis.SeriesReport.EpochSummary;
import org.gradienttape.analysis.SeriesReport.Summary;

/**
 * Looks at the columns of a log. The verdict on a series is the first of these that holds; "window" and "tolerance" are
 * the {@link AnalysisConfig}'s:
 *
 * <ol>
 *   <li>NONE: neither direction is better, or fewer than two points are there.
 *   <li>OVERFITTING: a "Validation X" or "val_X" beside an X, whose last two epochs are both after its best epoch and worse than
 *       it by more than the tolerance (relative to the best), while X is better in the last epoch than it was in that
 *       best one.
 *   <li>PLATEAU: over the window the trend changes the value by no more than the tolerance (relative to the window's
 *       mean), or the slope's 95 % confidence interval contains 0.
 *   <li>IMPROVING or WORSENING: by the sign of the trend's slope.
 * </ol>
 */
public final class SeriesAnalysis {
    private static final double SIGNIFICANCE = 0.05;
    private static final int POINTS_FOR_INTERVAL = 3;
    private static final int EPOCHS_PAST_BEST = 2;
    /** Ours, and that of Keras' logs. */
    private static final List<String> VALIDATION = List.of("validation ", "val_");

    private final Series series;
    private final AnalysisConfig config;
    private final List<EpochSummary> epochs = new ArrayList<>();
    private final List<Series.Point> window;
    private final Summary all;

    private SeriesAnalysis(final Series series, final AnalysisConfig config) {
        this.series = series;
        this.config = config;
        final RunningSummary whole = new RunningSummary();
        final RunningSummary epoch = new RunningSummary();
        final List<Series.Point> present = new ArrayList<>();
        final List<Series.Point> points = series.points();
        for (int i = 0; i < points.size(); i++) {
            final Series.Point point = points.get(i);
            whole.update(point.value());
            epoch.update(point.value());
            if (Double.isFinite(point.value())) {
                present.add(point);
            }
            if (i + 1 == points.size() || points.get(i + 1).epoch() != point.epoch()) {
                epochs.add(new EpochSummary(point.epoch(), epoch.result(), mean(tail(present))));
                epoch.reset();
            }
        }
        this.all = whole.result();
        this.window = tail(present);
    }

    /**
     * One report per series, in their order; all series of a log together, because overfitting is seen on two.
     *
     * <p>An epoch ends where the next begins, so the points of an epoch stand together.
     */
    public static List<SeriesReport> of(final List<Series> series, final AnalysisConfig config) {
        final List<SeriesAnalysis> analyses =
                series.stream().map(one -> new SeriesAnalysis(one, config)).toList();
        return analyses.stream().map(analysis -> analysis.report(analyses)).toList();
    }

    private SeriesReport report(final List<SeriesAnalysis> others) {
        final Trend trend = trend();
        return new SeriesReport(
                series.name(),
                all,
                epochs,
                mean(window),
                best().map(epoch -> OptionalInt.of(epoch.epoch())).orElseGet(OptionalInt::empty),
                trend,
                verdict(trend, others));
    }

    private Verdict verdict(final Trend trend, final List<SeriesAnalysis> others) {
        if (series.direction() == Direction.NONE || Double.isNaN(trend.slope())) {
            return Verdict.NONE;
        }
        if (others.stream().anyMatch(this::overfitsOn)) {
            return Verdict.OVERFITTING;
        }
        final double span = window.get(window.size() - 1).x() - window.get(0).x();
        final boolean small = Math.abs(trend.slope() * span) <= config.tolerance() * Math.abs(mean(window));
        if (small || trend.low() <= 0 && trend.high() >= 0) {
            return Verdict.PLATEAU;
        }
        return trend.slope() < 0 == (series.direction() == Direction.LOWER_IS_BETTER)
                ? Verdict.IMPROVING
                : Verdict.WORSENING;
    }

    /** Whether this is the validation series of the other one and gets worse while the other gets better. */
    private boolean overfitsOn(final SeriesAnalysis training) {
        if (VALIDATION.stream().noneMatch(start -> series.name().equalsIgnoreCase(start + training.series.name()))) {
            return false;
        }
        final List<EpochSummary> present = present();
        final EpochSummary best = best().orElseThrow();
        if (present.size() <= EPOCHS_PAST_BEST) {
            return false;
        }
        final double limit = config.tolerance() * Math.abs(best.summary().mean());
        final boolean worse = present.subList(present.size() - EPOCHS_PAST_BEST, present.size()).stream()
                .allMatch(epoch -> badness(epoch) - badness(best) > limit);
        final List<EpochSummary> trained = training.present();
        final Optional<EpochSummary> then =
                trained.stream().filter(epoch -> epoch.epoch() == best.epoch()).findFirst();
        return worse && then.isPresent() && badness(trained.get(trained.size() - 1)) < badness(then.get());
    }

    /**
     * The line through the window's points; its interval is Student's t with two degrees of freedom less than points.
     */
    private Trend trend() {
        final SimpleRegression regression = new SimpleRegression();
        window.forEach(point -> regression.addData(point.x(), point.value()));
        final double slope = regression.getSlope();
        if (Double.isNaN(slope) || window.size() < POINTS_FOR_INTERVAL) {
            return new Trend(slope, Double.NaN, Double.NaN);
        }
        final double half = regression.getSlopeConfidenceInterval(SIGNIFICANCE);
        return new Trend(slope, slope - half, slope + half);
    }

    private Optional<EpochSummary> best() {
        return series.direction() == Direction.NONE
                ? Optional.empty()
                : present().stream().min(Comparator.comparingDouble(this::badness));
    }

    /** The epochs that have a value. */
    private List<EpochSummary> present() {
        return epochs.stream().filter(epoch -> epoch.summary().count() > 0).toList();
    }

    /** The epoch's mean, turned so that lower is better. */
    private double badness(final EpochSummary epoch) {
        final double mean = epoch.summary().mean();
        return series.direction() == Direction.LOWER_IS_BETTER ? mean : -mean;
    }

    private List<Series.Point> tail(final List<Series.Point> points) {
        return List.copyOf(points.subList(Math.max(0, points.size() - config.window()), points.size()));
    }

    private static double mean(final List<Series.Point> points) {
        return points.stream().mapToDouble(Series.Point::value).average().orElse(Double.NaN);
    }
}
