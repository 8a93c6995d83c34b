package org.gradienttape.analysis;

/** What a series says about the training. The rules stand at {@link SeriesAnalysis}. */
public enum Verdict {
    IMPROVING,
    PLATEAU,
    OVERFITTING,
    WORSENING,
    /** Too few points, or neither direction is better. */
    NONE
}
