package org.gradienttape.distributed;

import java.util.function.Consumer;
import org.gradienttape.model.RunBytes;
import org.gradienttape.state.Memory;
import org.gradienttape.train.Keeper;

/** Checkpoints of a run of several workers: the first one writes and reads them, and gives the others what it read. */
public final class SharedKeeper implements Keeper {
    private final Keeper first;
    private final Workers workers;

    /**
     * @param first keeps the run of the first worker; on others {@link Keeper#NOTHING}
     */
    public SharedKeeper(final Keeper first, final Workers workers) {
        this.first = first;
        this.workers = workers;
    }

    @Override
    public boolean begin(final Consumer<Memory> state) {
        final boolean goesOn = first.begin(state);
        final byte[] kept = workers.ofFirst(goesOn ? bytes(state) : new byte[0]);
        if (kept.length == 0) {
            return false;
        }
        if (!workers.isFirst()) {
            state.accept(Memory.of(RunBytes.read(kept)));
        }
        return true;
    }

    private static byte[] bytes(final Consumer<Memory> state) {
        final Memory memory = Memory.empty();
        state.accept(memory);
        return RunBytes.of(memory.state());
    }

    @Override
    public void beforeFirstFile() {
        first.beforeFirstFile();
    }

    @Override
    public long stepsUntilDue(final long stepsDone) {
        return first.stepsUntilDue(stepsDone);
    }

    @Override
    public void afterSteps(final long stepsDone) {
        first.afterSteps(stepsDone);
    }

    @Override
    public void beforeValidation() {
        first.beforeValidation();
    }

    @Override
    public void afterEpoch(final int epochsDone) {
        first.afterEpoch(epochsDone);
    }

    @Override
    public void end(final Place place) {
        first.end(place);
    }
}
