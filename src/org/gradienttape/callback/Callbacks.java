package org.gradienttape.callback;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.Model;
import org.gradienttape.state.Memory;

/**
 * The callbacks of one run. The loop asks for the learning rates of each update, tells the numbers of each epoch, and asks
 * in the end which models are the result. Works around any step.
 */
public final class Callbacks {
    private final CallbacksConfig config;
    private final List<Double> initialRates;
    private final Supplier<List<Model>> now;
    private final Consumer<String> log;
    private final Optional<PlateauReduction> plateau;
    private final Optional<EarlyStopping> earlyStopping;
    private final Optional<Checkpoint> checkpoint;
    private Optional<List<Model>> lastFinished = Optional.empty();
    private boolean broken;
    private long updates;
    private List<Double> rates;

    /**
     * @param learningRates those of the optimizers, one for each network
     * @param now copies of the networks' models as they are trained so far; asked only where models have to be kept
     * @param log takes lines for people
     */
    public Callbacks(
            final CallbacksConfig config,
            final List<Double> learningRates,
            final Supplier<List<Model>> now,
            final Consumer<String> log) {
        this.config = config;
        this.initialRates = List.copyOf(learningRates);
        this.rates = initialRates;
        this.now = now;
        this.log = log;
        this.plateau = config.plateau().map(PlateauReduction::new);
        this.earlyStopping = config.earlyStopping().map(settings -> new EarlyStopping(settings, now));
        this.checkpoint = config.checkpoint().map(settings -> new Checkpoint(settings, now, log));
    }

    /**
     * The run begins, or goes on.
     *
     * @throws InvalidInputException if a checkpoint cannot be written there
     */
    public void begin() {
        checkpoint.ifPresent(Checkpoint::begin);
        if (lastFinished.isEmpty()) {
            keepFinished();
        }
    }

    /** Whether the run leaves files on its way. */
    public boolean writesFiles() {
        return checkpoint.isPresent();
    }

    /** Keeps what the rest of the run depends on, or goes back to it. */
    public void keep(final Memory memory) {
        updates = memory.integer("updates", updates);
        rates = memory.numbers("rates", rates);
        plateau.ifPresent(reduction -> reduction.keep(memory.part("plateau")));
        earlyStopping.ifPresent(stopping -> stopping.keep(memory.part("early stopping")));
        checkpoint.ifPresent(saver -> saver.keep(memory.part("checkpoint")));
        lastFinished = KeptModels.keep(memory.part("last finished"), lastFinished, now);
    }

    /** The learning rates of the next update, one for each network. */
    public List<Double> nextRates() {
        final long update = updates++;
        rates = initialRates.stream()
                .map(initial -> config.schedule().rate(initial, update))
                .map(scheduled ->
                        plateau.map(reduction -> reduction.reduced(scheduled)).orElse(scheduled))
                .toList();
        return rates;
    }

    /** The learning rates of the last update. */
    public List<Double> lastRates() {
        return rates;
    }

    /**
     * Takes the numbers of a finished epoch in.
     *
     * @param numbers losses and metrics by their columns in the epoch log
     * @return false if training ends early
     */
    public boolean goOn(final int epoch, final Map<String, Double> numbers) {
        keepFinished();
        checkpoint.ifPresent(saver -> saver.take(epoch, numbers));
        plateau.filter(reduction -> reduction.reduces(numbers, Collections.max(rates)))
                .ifPresent(reduction -> log.accept(reduction.message(epoch)));
        final Optional<EarlyStopping> end = earlyStopping.filter(stopping -> !stopping.goOn(epoch, numbers));
        end.ifPresent(stopping -> log.accept(stopping.message(epoch)));
        return end.isEmpty();
    }

    /**
     * Tells that a loss is no finite number.
     *
     * @return whether that ends the run with a result; otherwise it is an error
     */
    public boolean endsOnNonFiniteLoss() {
        broken = true;
        return config.nonFiniteLoss() == CallbacksConfig.NonFiniteLoss.STOP;
    }

    /** The models that the run leaves; of those that are kept no weight is NaN or infinite. */
    public List<Model> result() {
        return earlyStopping
                .flatMap(EarlyStopping::bestModels)
                .filter(Callbacks::isFinite)
                .or(() -> broken ? lastFinished : Optional.empty())
                .orElseGet(now);
    }

    private void keepFinished() {
        if (config.nonFiniteLoss() == CallbacksConfig.NonFiniteLoss.STOP) {
            lastFinished = Optional.of(now.get()).filter(Callbacks::isFinite).or(() -> lastFinished);
        }
    }

    private static boolean isFinite(final List<Model> models) {
        return models.stream().allMatch(model -> model.notFinite().isEmpty());
    }
}
