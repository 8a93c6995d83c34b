package org.gradienttape.callback;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.Model;

/**
 * The callbacks of one run. The loop asks for the learning rate of each update, tells the numbers of each epoch, and asks
 * in the end which model is the result. Works around any step.
 */
public final class Callbacks {
    private final CallbacksConfig config;
    private final double initialRate;
    private final Supplier<Model> now;
    private final Consumer<String> log;
    private final Optional<PlateauReduction> plateau;
    private final Optional<EarlyStopping> earlyStopping;
    private final Optional<Checkpoint> checkpoint;
    private Optional<Model> lastFinished = Optional.empty();
    private boolean broken;
    private long updates;
    private double rate;

    /**
     * @param learningRate the optimizer's
     * @param now a copy of the model as it is trained so far; asked only where a model has to be kept
     * @param log takes lines for people
     * @throws InvalidInputException if a checkpoint cannot be written
     */
    public Callbacks(
            final CallbacksConfig config,
            final double learningRate,
            final Supplier<Model> now,
            final Consumer<String> log) {
        this.config = config;
        this.initialRate = learningRate;
        this.rate = learningRate;
        this.now = now;
        this.log = log;
        this.plateau = config.plateau().map(PlateauReduction::new);
        this.earlyStopping = config.earlyStopping().map(settings -> new EarlyStopping(settings, now));
        this.checkpoint = config.checkpoint().map(settings -> new Checkpoint(settings, now));
        keepFinished();
    }

    /** The learning rate of the next update. */
    public double nextRate() {
        final double scheduled = config.schedule().rate(initialRate, updates++);
        rate = plateau.map(reduction -> reduction.reduced(scheduled)).orElse(scheduled);
        return rate;
    }

    /** The learning rate of the last update. */
    public double lastRate() {
        return rate;
    }

    /**
     * Takes the numbers of a finished epoch in.
     *
     * @param numbers losses and metrics by their columns in the epoch log
     * @return false if training ends early
     * @throws InvalidInputException if a checkpoint cannot be written
     */
    public boolean goOn(final int epoch, final Map<String, Double> numbers) {
        keepFinished();
        checkpoint.filter(saver -> saver.saves(numbers)).ifPresent(saver -> log.accept(saver.message(epoch)));
        plateau.filter(reduction -> reduction.reduces(numbers, rate))
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

    /** The model that the run leaves; of the one that is kept no weight is NaN or infinite. */
    public Model result() {
        return earlyStopping
                .flatMap(EarlyStopping::bestModel)
                .filter(Callbacks::isFinite)
                .or(() -> broken ? lastFinished : Optional.empty())
                .orElseGet(now);
    }

    private void keepFinished() {
        if (config.nonFiniteLoss() == CallbacksConfig.NonFiniteLoss.STOP) {
            lastFinished = Optional.of(now.get()).filter(Callbacks::isFinite).or(() -> lastFinished);
        }
    }

    private static boolean isFinite(final Model model) {
        return model.notFinite().isEmpty();
    }
}
