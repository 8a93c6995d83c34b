package org.gradienttape.data.source;

import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
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
     * @param pixelOrder how images are stored that lie as numbers in arrays or rows; they become row by row
     */
    public record Form(Scaling scaling, SampleShape shape, PixelOrder pixelOrder) {
        /** With images that are stored row by row. */
        public Form(final Scaling scaling, final SampleShape shape) {
            this(scaling, shape, PixelOrder.ROW_BY_ROW);
        }
    }

    /**
     * Which samples go where.
     *
     * @param heldOut which samples are kept away from training
     * @param mergeTestFiles whether the source's test files follow the training files as if they were one; then the
     *     rest of this record speaks of the merged samples
     * @param limit how many samples each of the two parts may have
     */
    public record Split(HeldOut heldOut, boolean mergeTestFiles, Limit limit) {
        /**
         * With the first samples of each part.
         *
         * @param limit the most samples in each part; 0 for no limit
         */
        public Split(final HeldOut heldOut, final boolean mergeTestFiles, final int limit) {
            this(heldOut, mergeTestFiles, limit == 0 ? new Limit.None() : new Limit.First(limit));
        }

        public Split {
            if (mergeTestFiles && heldOut instanceof HeldOut.SourceTestFiles) {
                throw new InvalidInputException("The source's test files cannot be merged into the training data and"
                        + " held out as well; choose another held-out part or do not merge.");
            }
        }
    }
}
