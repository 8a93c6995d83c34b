package org.gradienttape.cluster;

import java.util.regex.Pattern;
import org.gradienttape.error.Bounds;
import org.gradienttape.error.InvalidInputException;

/**
 * Where a run is computed.
 *
 * @param master {@link #THIS_MACHINE}, or as spark-submit takes it, for example spark://host:7077
 * @param workers how many processes share each batch, at least 1
 * @param memory of one worker in MB, at least 512
 * @param limit seconds after which somebody who does not answer is given up, at least 1, at most 1,000,000
 * @param checkpointEvery steps between two checkpoints, from which the run goes on when a worker dies, at least 1
 */
public record ClusterConfig(String master, int workers, int memory, int limit, int checkpointEvery) {
    /** Processes of this machine, which nobody outside can reach. */
    public static final String THIS_MACHINE = "this machine";

    /** What addresses of Spark's own masters begin with. */
    static final String STANDALONE = "spark://";

    /** What Spark takes without those within the driver, such as local[2], which have no workers. */
    private static final Pattern CLUSTER = Pattern.compile("spark://[^,]+:\\d+(,[^,]+:\\d+)*|(k8s|mesos)://.+|yarn");

    private static final int LEAST_MEMORY = 512;
    /** Sockets take milliseconds as whole numbers of 32 bits. */
    private static final int LONGEST_LIMIT = 1_000_000;

    public ClusterConfig {
        if (!master.equals(THIS_MACHINE) && !CLUSTER.matcher(master).matches()) {
            throw new InvalidInputException("The master must be \"" + THIS_MACHINE
                    + "\" or an address such as spark://host:7077, but it is " + (master.isBlank() ? "empty" : master)
                    + ".");
        }
        Bounds.atLeast("number of workers", 1, workers);
        Bounds.atLeast("memory of a worker in MB", LEAST_MEMORY, memory);
        Bounds.atLeast("time limit in seconds", 1, limit);
        Bounds.atMost("time limit in seconds", LONGEST_LIMIT, limit);
        Bounds.atLeast("number of steps between two checkpoints", 1, checkpointEvery);
    }

    /** Whether masters of Spark's own are asked, and not a queue. */
    public boolean isStandalone() {
        return master.startsWith(STANDALONE);
    }

    public boolean isThisMachine() {
        return master.equals(THIS_MACHINE);
    }
}
