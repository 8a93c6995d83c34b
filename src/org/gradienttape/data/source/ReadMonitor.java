package org.gradienttape.data.source;

/** Watches the reading of a dataset and may end it. */
@FunctionalInterface
public interface ReadMonitor {
    /**
     * Asked about every megabyte.
     *
     * @param fraction of the bytes that are done, from 0 to 1
     * @return false to stop
     */
    boolean goOn(double fraction);
}
