package org.gradienttape.data.source;

import java.io.IOException;
import org.gradienttape.error.InvalidInputException;

/** Where the samples come from: what a person chose, before it is opened. Each lies beside the class that reads it. */
public interface DatasetSource {
    /**
     * Opens it.
     *
     * @param withTestFiles whether the samples that the source keeps for tests are read, too
     * @param monitor asked while samples are looked at that must be gone through for their labels
     * @throws InvalidInputException for what does not fit, or if there are no samples for tests
     */
    Samples open(boolean withTestFiles, ReadMonitor monitor) throws IOException;

    /**
     * Whether headers say what it holds. Without them it is only checked to be there, here.
     *
     * @throws InvalidInputException if it is not
     */
    default boolean isKnownAhead() throws IOException {
        return true;
    }

    /** Whether all samples are gone through for their labels first, so that labels are half of the work. */
    default boolean isScanned() {
        return false;
    }

    /** Whether its images are decoded, so that their pixels are where they belong. */
    default boolean isDecoded() {
        return false;
    }

    /** Whether somebody gave each sample its class, so that nobody need ask whether the labels are classes. */
    default boolean hasGivenClasses() {
        return false;
    }
}
