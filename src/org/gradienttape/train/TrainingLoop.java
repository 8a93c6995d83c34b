package org.gradienttape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.gradienttape.callback.Callbacks;
import org.gradienttape.data.BatchIterator;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.metric.Metric;
import org.gradienttape.state.Memory;
import org.gradienttape.state.RandomStream;

/**
 * The loop over epochs and batches of Keras' guide "Writing a training loop from scratch": shuffle, one step per batch,
 * metrics, a log row every so many steps, a pass over the validation data. The same for every family of networks.
 */
public final class TrainingLoop {
    private static final int FILE_ORDER = 1;

    /**
     * What the loop counts.
     *
     * @param losses the names of the step's losses, for example "Loss"
     * @param metrics makes fresh metrics, once for training and once for validation
     */
    public record Numbers(List<String> losses, Supplier<List<Metric>> metrics) {}

    /**
     * How many samples there are.
     *
     * @param training at least 1; shuffled anew in each epoch, all from the seed
     * @param validation 0 for no validation; taken in file order
     */
    public record Samples(int training, int validation) {}

    private final TrainStep step;
    private final Samples samples;
    private final TrainingConfig config;
    private final Callbacks callbacks;
    private final LoopListener listener;
    private final List<String> losses;
    private final Keeper keeper;
    private final RandomStream random;
    private final Tally training;
    private final Tally validation;
    private final Progress.Plan plan;
    private final List<TrainingLog.StepRow> stepRows = new ArrayList<>();
    private final List<TrainingLog.EpochRow> epochRows = new ArrayList<>();
    private final List<TrainingLog.Resumption> resumptions = new ArrayList<>();
    private List<Double> lastLosses = List.of();
    private StopReason reason = StopReason.COMPLETED;
    private long allSteps;
    private int epoch;
    /** Whether some of the epoch may be done already. */
    private boolean hasBegun;
    /** Where the epoch's shuffling begins. */
    private RandomStream shuffle;
    /** Of the epoch that runs. */
    private int stepsDone;

    private long samplesSeen;
    /** Of the epoch, before this run of it went on. */
    private long nanosecondsBefore;

    private long start;

    private TrainingLoop(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final Callbacks callbacks,
            final Numbers numbers,
            final LoopListener listener,
            final Keeper keeper) {
        this.step = step;
        this.samples = samples;
        this.config = config;
        this.callbacks = callbacks;
        this.listener = listener;
        this.keeper = keeper;
        this.losses = numbers.losses();
        this.random = new RandomStream(config.seed());
        this.shuffle = random;
        this.training = new Tally(losses.size(), numbers.metrics().get());
        this.validation = new Tally(losses.size(), numbers.metrics().get());
        this.plan = Progress.Plan.of(samples.training(), config, losses);
    }

    /**
     * Runs all epochs, or as many steps as the limit, listener and callbacks allow.
     *
     * @param step what happens with batches; stays open
     * @param callbacks give the learning rates, and may end the run between epochs
     * @return rows of all logged steps and of all epochs that ended, the last one perhaps by the step limit; also after the
     *     listener ended the run; and of the epoch in which a loss was no finite number, if that ended it
     * @throws InvalidInputException if a loss is not a finite number and that is not to end the run; names epoch and step
     */
    public static TrainingLog run(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final Callbacks callbacks,
            final Numbers numbers,
            final LoopListener listener) {
        return run(step, samples, config, callbacks, numbers, listener, Keeper.NOTHING);
    }

    /**
     * Runs as above; its state is kept from time to time.
     *
     * @param keeper may give the run the state back that an earlier one had, of the same settings but for more epochs
     */
    public static TrainingLog run(
            final TrainStep step,
            final Samples samples,
            final TrainingConfig config,
            final Callbacks callbacks,
            final Numbers numbers,
            final LoopListener listener,
            final Keeper keeper) {
        return new TrainingLoop(step, samples, config, callbacks, numbers, listener, keeper).run();
    }

    private TrainingLog run() {
        final boolean goesOn = keeper.begin(this::keep);
        if (goesOn) {
            checkDone();
            final TrainingLog.Resumption resumption = new TrainingLog.Resumption(epoch, stepsDone);
            resumptions.add(resumption);
            listener.log(resumption.toString());
        }
        listener.begins(
                allSteps,
                stepsDone == 0 && !epochRows.isEmpty()
                        ? Optional.of(epochRows.get(epochRows.size() - 1))
                        : Optional.empty());
        callbacks.begin();
        if (!goesOn && callbacks.writesFiles()) {
            keeper.beforeFirstFile();
        }
        while (goesOn()) {
            reason = runEpoch();
        }
        return new TrainingLog(losses, training.names(), plan.steps(), stepRows, epochRows, resumptions, reason);
    }

    private boolean goesOn() {
        return reason == StopReason.COMPLETED && epoch < config.epochs() && (hasBegun || allSteps < plan.stepsInAll());
    }

    private StopReason runEpoch() {
        start = System.nanoTime() - nanosecondsBefore;
        begin();
        final StopReason trained = train();
        if (trained == StopReason.CANCELLED) {
            keeper.end(Keeper.Place.HERE);
            return trained;
        }
        final StopReason ended = trained == StopReason.COMPLETED ? validate() : trained;
        if (ended == StopReason.CANCELLED) {
            keeper.end(Keeper.Place.BEFORE_VALIDATION);
            return ended;
        }
        final boolean validated = trained == StopReason.COMPLETED && samples.validation() > 0;
        final TrainingLog.EpochRow row = row(validated, (System.nanoTime() - start) / 1e9);
        epochRows.add(row);
        listener.epochEnds(row);
        return ended == StopReason.COMPLETED ? afterEpoch(row) : ended;
    }

    private void begin() {
        shuffle = random.copy();
        if (hasBegun) {
            return;
        }
        listener.epochStarts(epoch);
        training.reset();
        stepsDone = 0;
        samplesSeen = 0;
        hasBegun = true;
    }

    private StopReason afterEpoch(final TrainingLog.EpochRow row) {
        final boolean isWhole = stepsDone == plan.steps();
        reason = callbacks.goOn(epoch, EpochColumns.numbers(losses, training.names(), row))
                ? StopReason.COMPLETED
                : StopReason.EARLY_STOPPING;
        epoch++;
        stepsDone = 0;
        hasBegun = false;
        nanosecondsBefore = 0;
        if (isWhole) {
            keeper.afterEpoch(epoch);
        }
        if (reason != StopReason.COMPLETED || epoch == config.epochs() || allSteps == plan.stepsInAll()) {
            keeper.end(isWhole ? Keeper.Place.HERE : Keeper.Place.BEFORE_VALIDATION);
        }
        return reason;
    }

    /** All that the rest of the run depends on. */
    private void keep(final Memory memory) {
        final Memory own = memory.part("loop");
        reason = own.constant("stop reason", reason);
        epoch = own.integer("epoch", epoch);
        hasBegun = own.flag("has begun", hasBegun);
        stepsDone = own.integer("step", stepsDone);
        allSteps = own.integer("all steps", allSteps);
        samplesSeen = own.integer("samples seen", samplesSeen);
        nanosecondsBefore = own.integer("nanoseconds", hasBegun ? System.nanoTime() - start : 0);
        lastLosses = own.numbers("last losses", lastLosses);
        (hasBegun ? shuffle : random).keep(own.part("shuffle"));
        training.keep(own.part("training"));
        new KeptRows(losses.size(), training.names().size()).keep(own, stepRows, epochRows);
        keepResumptions(own);
        callbacks.keep(memory.part("callbacks"));
        listener.keep(memory.part("listener"));
        step.keep(memory.part("step"));
    }

    private void keepResumptions(final Memory memory) {
        final long[] now = resumptions.stream()
                .flatMapToLong(place -> LongStream.of(place.epoch(), place.step()))
                .toArray();
        final long[] kept = memory.integers("resumptions", now);
        resumptions.clear();
        for (int i = 0; i < kept.length; i += 2) {
            resumptions.add(new TrainingLog.Resumption((int) kept[i], (int) kept[i + 1]));
        }
    }

    /** A run may go on with more epochs and steps than it had before, but not with fewer than it has done. */
    private void checkDone() {
        if (allSteps > plan.stepsInAll()) {
            throw new InvalidInputException("The run was to go on, but its checkpoint has " + allSteps
                    + " steps and the settings want only " + plan.stepsInAll()
                    + "; choose more epochs or steps, or begin anew.");
        }
    }

    private StopReason train() {
        final BatchIterator batches =
                new BatchIterator(samples.training(), config.batchSize(), config.shuffleBuffer(), random);
        for (int done = 0; done < stepsDone; done++) {
            batches.next(); // as far as an earlier run came
        }
        while (batches.hasNext() && allSteps < plan.stepsInAll()) {
            if (!goOn(stepsDone)) {
                return StopReason.CANCELLED;
            }
            if (listener.looksBefore(stepsDone)) {
                listener.beforeStep(epoch, stepsDone);
            }
            for (final BatchResult result : step.train(next(batches))) {
                samplesSeen += result.samples();
                take(result);
                if (isBroken(lastLosses, "in epoch " + epoch + ", step " + (stepsDone - 1))) {
                    return StopReason.LOSS_NOT_FINITE;
                }
            }
            keeper.afterSteps(allSteps);
        }
        listener.trained(training.names(), training.results());
        return StopReason.COMPLETED;
    }

    /** As many as the step takes in one call; one that is looked at before begins a call. */
    private List<TrainStep.Batch> next(final BatchIterator batches) {
        final long left = Math.min(plan.stepsInAll() - allSteps, keeper.stepsUntilDue(allSteps));
        final long most = Math.min(step.batchesPerCall(), left);
        final List<TrainStep.Batch> next = new ArrayList<>();
        do {
            next.add(new TrainStep.Batch(epoch, stepsDone + next.size(), batches.next(), callbacks.nextRates()));
        } while (next.size() < most && batches.hasNext() && !listener.looksBefore(stepsDone + next.size()));
        return next;
    }

    private void take(final BatchResult result) {
        final int number = stepsDone++;
        allSteps++;
        lastLosses = result.losses();
        training.add(result);
        if (number % config.logEvery() == 0 || !isFinite(lastLosses)) {
            final TrainingLog.StepRow row = new TrainingLog.StepRow(
                    epoch, number, samplesSeen, lastLosses, training.results(), result.reported());
            stepRows.add(row);
            listener.logged(row);
        }
        listener.afterStep(epoch, number, result);
    }

    private StopReason validate() {
        keeper.beforeValidation();
        if (samples.validation() == 0) {
            return StopReason.COMPLETED;
        }
        validation.reset();
        final BatchIterator batches = new BatchIterator(
                samples.validation(), config.batchSize(), FILE_ORDER, new RandomStream(config.seed()));
        while (batches.hasNext()) {
            if (!goOn(plan.steps())) {
                return StopReason.CANCELLED;
            }
            final List<int[]> next = new ArrayList<>();
            for (int left = step.batchesPerCall(); left > 0 && batches.hasNext(); left--) {
                next.add(batches.next());
            }
            step.evaluate(next).forEach(validation::add);
        }
        if (isBroken(validation.losses(), "in the validation after epoch " + epoch)) {
            return StopReason.LOSS_NOT_FINITE;
        }
        listener.validated(validation.names(), validation.results());
        return StopReason.COMPLETED;
    }

    private TrainingLog.EpochRow row(final boolean validated, final double seconds) {
        return new TrainingLog.EpochRow(
                epoch,
                stepsDone,
                training.losses(),
                training.results(),
                validated ? validation.losses() : List.of(),
                validated ? validation.results() : List.of(),
                callbacks.lastRates(),
                seconds);
    }

    private boolean goOn(final int number) {
        return step.goOn(listener.goOn(new Progress(epoch, number, allSteps, plan, lastLosses)));
    }

    private static boolean isFinite(final List<Double> values) {
        return values.stream().allMatch(Double::isFinite);
    }

    private boolean isBroken(final List<Double> values, final String place) {
        if (isFinite(values)) {
            return false;
        }
        int first = 0;
        while (Double.isFinite(values.get(first))) {
            first++;
        }
        final String name = losses.get(first).toLowerCase(Locale.ROOT);
        if (!callbacks.endsOnNonFiniteLoss()) {
            throw new InvalidInputException("The " + name + " must stay a finite number, but it became "
                    + values.get(first) + " " + place + "; " + step.adviceOnNonFinite());
        }
        listener.log("Training ends, since the " + name + " became " + values.get(first) + " " + place);
        return true;
    }
}
