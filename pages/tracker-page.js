/* The Metric Tracker follows a log or scores predictions; what it kept says which. */
open((view, data) => (data.runs ? drawScores : drawCurves)(view, data));
