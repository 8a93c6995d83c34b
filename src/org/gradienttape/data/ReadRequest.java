package org.gradienttape.data;

import org.gradienttape.error.InvalidInputException;

/**
 * What to read, and how.
 *
 * @param source where the samples come from
 * @param form what becomes of each sample
 * @param split which samples go where
 */
public record ReadRequest(DatasetSource source, Form form, Split split) {
    /**
     * What becomes of each sample.
     *
     * @param scaling kept with the dataset; the stored numbers stay as they are
     * @param shape flat or image
     */
    public record Form(Scaling scaling, SampleShape shape) {}

    /**
     * Which samples go where.
     *
     * @param heldOut which samples are kept away from training
     * @param mergeTestFiles whether the source's test files follow the training files as if they were one; then the
     *     rest of this record speaks of the merged samples
     * @param limit the most samples in each of the two parts, the first ones; 0 for no limit
     */
    public record Split(HeldOut heldOut, boolean mergeTestFiles, int limit) {
        public Split {
            if (limit < 0) {
                throw new InvalidInputException(
                        "The limit must be at least 1, or 0 for all samples, but it is " + limit + ".");
            }
            if (mergeTestFiles && heldOut instanceof HeldOut.SourceTestFiles) {
                throw new InvalidInputException("The source's test files cannot be merged into the training data and"
                        + " held out as well; choose another held-out part or do not merge.");
            }
        }
    }
}
