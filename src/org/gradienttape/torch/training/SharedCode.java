package org.gradienttape.torch.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gradienttape.distributed.Part;
import org.gradienttape.distributed.Workers;
import org.gradienttape.step.StepException;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Rows;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.Fetched;

/**
 * A user's code in steps that several workers share: each computes its part of the batch, and must not decide by numbers of it.
 *
 * <p>Where the step itself is a user's, what it gets as gradients by variables are those of the whole batch. What it returns,
 * reports and assigns are means over the samples, or have a row for each of them, and become those of the whole batch at its
 * end. Our own step does so by {@link SharedLearning}.
 */
final class SharedCode implements Machine.Watch {
    private final Workers workers;
    private final Computation computation;
    private final Machine.Watch watch;
    private final Supplier<Stream<Variable>> variables;
    private final boolean isOwnStep;
    /** What this worker has computed, and what it is in the whole batch. */
    private final Map<Tensor, Tensor> whole = new IdentityHashMap<>();

    private final Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Asked> asked = new ArrayList<>();
    private int all;

    /**
     * @param watch looks on, too
     * @param variables that steps assign: those of the step, and of layers
     * @param isOwnStep whether the step is a user's
     */
    SharedCode(
            final Workers workers,
            final Computation computation,
            final Machine.Watch watch,
            final Supplier<Stream<Variable>> variables,
            final boolean isOwnStep) {
        this.workers = workers;
        this.computation = computation;
        this.watch = watch;
        this.variables = variables;
        this.isOwnStep = isOwnStep;
    }

    /** Numbers that are wanted when the step has run. */
    private static final class Asked {
        private final Part part;
        private Fetched numbers;

        Asked(final Part part) {
            this.part = part;
        }
    }

    /** The next step is about a batch of so many samples. */
    void begin(final int samples) {
        all = samples;
        whole.clear();
        known.clear();
        asked.clear();
        computation.machine().share(rows());
    }

    int samples() {
        return all;
    }

    private Rows rows() {
        return workers.share(all).rows();
    }

    /**
     * Asks for numbers of the whole batch after the step.
     *
     * @throws StepException if they should have a row for each sample, and have not
     */
    Supplier<Fetched> ask(final Part part) {
        final int own = rows().count();
        if (part.kind() == Part.Kind.ROWS && part.tensor().size(0) != own) {
            throw new StepException("workers that share a batch give the metrics one row for each of their samples, "
                    + own + " here, but there are " + part.tensor().size(0) + "; choose 1 worker");
        }
        final Asked one = new Asked(part);
        asked.add(one);
        return () -> one.numbers;
    }

    /** Ends the step: what was asked for, and what it has assigned, becomes that of the whole batch. */
    void end() {
        final List<Variable> assigned =
                variables.get().filter(Variable::isAssigned).filter(this::isOwn).toList();
        final List<Part> parts = new ArrayList<>();
        asked.stream().map(one -> one.part).filter(this::isOpen).distinct().forEach(parts::add);
        assigned.forEach(variable -> parts.add(Part.mean(variable)));
        exchange(parts);
        assigned.forEach(variable -> variable.assign(whole.get(variable)));
        asked.forEach(one -> one.numbers = computation.fetch(whole.getOrDefault(one.part.tensor(), one.part.tensor())));
    }

    private boolean isOpen(final Part part) {
        return !whole.containsKey(part.tensor()) && isOwn(part.tensor());
    }

    /** Whether something was computed from this worker's samples, so that others have something else. */
    private boolean isOwn(final Tensor tensor) {
        return computation.machine().comesFrom(tensor, this::isOfSamples, known::contains);
    }

    private boolean isOfSamples(final Tensor source) {
        return source.operation() == Source.RESIDENT
                || (source.operation() == Source.FLOATS || source.operation() == Source.INTEGERS)
                        && rows().areIn(source.shape());
    }

    private void exchange(final List<Part> parts) {
        if (parts.isEmpty()) {
            return;
        }
        final List<Tensor> exchanged = workers.exchange(computation.machine(), all, parts);
        for (int i = 0; i < parts.size(); i++) {
            whole.put(parts.get(i).tensor(), exchanged.get(i));
            known.add(exchanged.get(i));
        }
    }

    /** The loss rides along, and so does what was asked for before. */
    @Override
    public List<Tensor> gradients(final Tensor loss, final List<Tensor> gradients) {
        if (!isOwnStep) {
            return gradients;
        }
        final List<Part> parts = new ArrayList<>();
        final Stream<Part> rides = loss.size() == 1 ? Stream.of(Part.mean(loss)) : Stream.of();
        Stream.concat(rides, asked.stream().map(one -> one.part))
                .filter(this::isOpen)
                .distinct()
                .forEach(parts::add);
        gradients.forEach(gradient -> parts.add(Part.mean(gradient)));
        exchange(parts);
        return gradients.stream().map(whole::get).toList();
    }

    @Override
    public void reading(final Tensor tensor) {
        if (!workers.isExchanging() && isOwn(tensor)) {
            throw new StepException(
                    "workers that share a batch see their own samples only, so that they must not decide"
                            + " by numbers of them, as item() and toFloatArray() give; report the tensor itself, decide with"
                            + " where(), or choose 1 worker");
        }
    }

    @Override
    public void operation() {
        watch.operation();
    }

    @Override
    public boolean isCurious() {
        return watch.isCurious();
    }

    @Override
    public String line() {
        return watch.line();
    }
}
