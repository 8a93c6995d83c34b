package org.gradienttape.torch.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.callback.Callbacks;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.BatchIterator;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.metric.Metric;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.tensorboard.TensorBoardLog;
import org.gradienttape.train.LoopListener;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingLoop;

/**
 * One run of the loop, whatever its step trains.
 *
 * @param roles of the step's networks, in its order
 * @param numbers what is counted
 * @param samples how many there are
 * @param config how the loop runs
 * @param callbacks what happens between the steps
 */
public record LoopRun(
        List<Role> roles,
        TrainingLoop.Numbers numbers,
        TrainingLoop.Samples samples,
        TrainingConfig config,
        CallbacksConfig callbacks) {
    /**
     * What a network is in its step.
     *
     * @param name in sentences, for example "generator"
     * @param start where training starts
     * @param learningRate before any schedule
     * @param provenance what its model remembers of the run
     */
    public record Role(String name, Model start, double learningRate, Provenance provenance) {
        private String rate() {
            return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " learning rate";
        }

        private Model with(final Weights weights) {
            return new Model(start.network(), weights, start.preprocessing(), provenance);
        }
    }

    /** What a run leaves: the models in the order of the roles. */
    public record Outcome(List<Model> models, TrainingLog log) {}

    /**
     * Runs the loop.
     *
     * @param kept its checkpoints' model is the last one
     * @throws InvalidInputException if a loss or a weight stops being a number and that is not to end the run
     */
    public Outcome run(final LearningStep step, final LoopListener listener, final KeptRun kept) {
        final Callbacks between = new Callbacks(
                callbacks, roles.stream().map(Role::learningRate).toList(), () -> models(step), listener::log);
        final TrainingLog log = TrainingLoop.run(
                step,
                samples,
                config,
                between,
                numbers,
                kept.listening(listener, this::content),
                kept.keeping(() -> models(step).get(roles.size() - 1)));
        final List<Model> models = between.result();
        final Optional<String> broken = notFinite(models);
        if (broken.isEmpty() || log.stopReason() == StopReason.CANCELLED) {
            return new Outcome(models, log);
        }
        if (!between.endsOnNonFiniteLoss()) {
            throw new InvalidInputException("The weights of the " + broken.get() + " became NaN or infinite in the last"
                    + " updates; " + step.adviceOnNonFinite());
        }
        return new Outcome(between.result(), log.endedBy(StopReason.LOSS_NOT_FINITE));
    }

    /** What a log for TensorBoard has. */
    private TensorBoardLog.Content content() {
        final boolean isOne = roles.size() == 1;
        final Map<String, Network> networks = new LinkedHashMap<>();
        roles.forEach(
                role -> networks.put(isOne ? "" : role.name(), role.start().network()));
        return new TensorBoardLog.Content(
                numbers.losses(),
                numbers.metrics().get().stream().map(Metric::name).toList(),
                roles.stream()
                        .map(role -> isOne ? "Learning rate" : role.rate())
                        .toList(),
                BatchIterator.steps(samples.training(), config.batchSize()),
                networks);
    }

    /** The last update can break weights without a loss that would show it. */
    private Optional<String> notFinite(final List<Model> models) {
        return Stream.iterate(0, i -> i < models.size(), i -> i + 1)
                .flatMap(i -> models.get(i).notFinite().stream()
                        .map(weight -> roles.get(i).name() + " must stay finite numbers, but " + weight))
                .findFirst();
    }

    /** The networks with the weights as they are now. */
    public List<Model> models(final LearningStep step) {
        final List<Weights> weights = step.weights();
        final List<Model> models = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            models.add(roles.get(i).with(weights.get(i)));
        }
        return models;
    }
}
