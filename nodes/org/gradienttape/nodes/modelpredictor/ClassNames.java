package org.gradienttape.nodes.modelpredictor;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.metric.ClassProbabilities;

/**
 * The names of a model's classes.
 *
 * @param names one per class
 * @param agree whether what the model was trained on and the data to predict name the classes they share alike
 */
record ClassNames(List<String> names, boolean agree) {
    /**
     * The names that the model was trained with come first, then those of the data, then numbers.
     *
     * @param outputs of the model
     */
    static ClassNames of(final List<String> trained, final List<String> data, final int outputs) {
        final List<String> names = new ArrayList<>();
        boolean agree = true;
        for (int i = 0; i < ClassProbabilities.classes(outputs); i++) {
            final String number = String.valueOf(i);
            final String ofData = i < data.size() ? data.get(i) : number;
            names.add(i < trained.size() ? trained.get(i) : ofData);
            agree &= i >= trained.size() || i >= data.size() || trained.get(i).equals(data.get(i));
        }
        return new ClassNames(List.copyOf(names), agree);
    }
}
