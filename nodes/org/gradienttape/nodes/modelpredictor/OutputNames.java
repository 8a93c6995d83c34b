package org.gradienttape.nodes.modelpredictor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.data.ClassNames;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.metric.ClassProbabilities;

/**
 * What the outputs of a model are called, one name per class: as in its training. An output that has no name there is called
 * by its number.
 */
final class OutputNames {
    private final boolean areKnown;
    private final List<String> names;
    private final ClassNames byName;

    /**
     * @param outputs of the model
     * @throws InvalidInputException if the model knows more classes than its outputs tell apart
     */
    OutputNames(final Preprocessing model, final int outputs) {
        final List<String> known = model.classNames();
        final int classes = ClassProbabilities.classes(outputs);
        if (known.size() > classes) {
            throw new InvalidInputException("The outputs of the model should tell its " + known.size()
                    + " classes apart, but its output has the shape " + outputs
                    + "; predict with a model that has one output per class.");
        }
        this.areKnown = !known.isEmpty();
        this.names = new ArrayList<>(known);
        for (int output = known.size(); output < classes; output++) {
            final String number = String.valueOf(output);
            names.add(known.contains(number) ? "output " + number : number);
        }
        this.byName = new ClassNames(names);
    }

    List<String> names() {
        return names;
    }

    /** What the true class of a sample is called, by label: as the model calls it, or by its own name. */
    List<String> labelNames(final Dataset data) {
        return data.classNames().stream()
                .map(name -> byName.find(name).map(names::get).orElse(name))
                .toList();
    }

    /** A sentence if there are samples of classes that the model does not know. */
    Optional<String> doubt(final Dataset data) {
        final int[] counts = data.samplesPerClass();
        final List<Integer> unknown = IntStream.range(0, counts.length)
                .filter(label -> counts[label] > 0
                        && byName.find(data.classNames().get(label)).isEmpty())
                .boxed()
                .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        final String classes =
                ClassNames.some(unknown.stream().map(data.classNames()::get).toList());
        final long samples = unknown.stream().mapToLong(label -> counts[label]).sum();
        return Optional.of(
                (areKnown ? "" : "The model does not say what its classes are called, so they are called by numbers. ")
                        + samples + " of " + data.samples()
                        + " samples have classes that the model does not know and cannot predict: " + classes + ".");
    }
}
