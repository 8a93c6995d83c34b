package org.gradienttape.torch.training;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.gradienttape.data.BatchIterator;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.MemoryNeed;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.train.TrainingConfig;

/**
 * Whether a run fits into memory, estimated before anything is allocated: too low rather than too high, so that nothing is
 * refused that could be computed.
 */
public final class SizeCheck {
    /** A row of the step log with its numbers, and the row that it becomes in a table. */
    private static final long BYTES_PER_ROW = 400;
    /** The engine's arrays of numbers have 2^31 bytes at most. */
    private static final int MOST_NUMBERS = Integer.MAX_VALUE / Float.BYTES;

    private SizeCheck() {}

    /** @throws InvalidInputException if the networks or their batches cannot be computed in the memory of this machine */
    public static void networks(final Dataset samples, final TrainingConfig config, final Network... networks) {
        final long batch = Math.min(config.batchSize(), samples.samples());
        long numbers = 0;
        for (final Network network : networks) {
            network.nodes().forEach(node -> node.weights().forEach(weight -> single(node.weightName(weight), weight)));
            numbers += 2 * network.parameterCount() + batch * outputs(network) / 2;
        }
        machine(numbers * Float.BYTES, batch);
    }

    /** @throws InvalidInputException if the step log does not fit into memory */
    public static void log(final Dataset samples, final TrainingConfig config) {
        final long rows = steps(samples, config) / config.logEvery();
        MemoryNeed.check(
                String.format(Locale.ROOT, "The step log of %,d rows", rows),
                rows * BYTES_PER_ROW,
                "log every so many steps that it has fewer");
    }

    /** @throws InvalidInputException if the images that are kept, or their noise, do not fit into memory */
    public static void images(final Dataset samples, final GanConfig config) {
        final long kept = (1L + config.images().fixed())
                * (1 + steps(samples, config.training()) / config.images().every());
        final String remedy = "keep fewer images, or make them less often";
        MemoryNeed.check(
                String.format(Locale.ROOT, "The %,d generated images that are kept", kept),
                Math.multiplyHigh(kept, samples.sampleShape().size()) > 0
                        ? Long.MAX_VALUE
                        : kept * samples.sampleShape().size(),
                remedy);
        MemoryNeed.check(
                String.format(
                        Locale.ROOT,
                        "The noise of %,d fixed images",
                        config.images().fixed()),
                (long) Float.BYTES * config.images().fixed() * config.latentDimension(),
                remedy);
    }

    private static void single(final String name, final WeightSpec weight) {
        if (weight.shape().size() > MOST_NUMBERS) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "A weight that is trained may have at most %,d numbers, but %s has %,d; choose a smaller layer.",
                    MOST_NUMBERS,
                    name,
                    weight.shape().size()));
        }
    }

    private static long outputs(final Network network) {
        return network.nodes().stream().mapToLong(node -> node.output().size()).sum();
    }

    private static void machine(final long bytes, final long batch) {
        final OptionalLong memory = memory();
        if (memory.isPresent() && bytes > memory.getAsLong()) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "A step with a batch of %,d samples would take at least %,d MB of memory, but this machine has %,d;"
                            + " choose a smaller batch size or smaller layers.",
                    batch,
                    bytes >> 20,
                    memory.getAsLong() >> 20));
        }
    }

    /** Of the machine, or of the container that this program runs in. */
    private static OptionalLong memory() {
        try {
            return OptionalLong.of((Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "TotalMemorySize"));
        } catch (final JMException notTold) {
            return OptionalLong.empty();
        }
    }

    private static long steps(final Dataset samples, final TrainingConfig config) {
        final long all = (long) BatchIterator.steps(samples.samples(), config.batchSize()) * config.epochs();
        return config.stepLimit() == 0 ? all : Math.min(all, config.stepLimit());
    }
}
