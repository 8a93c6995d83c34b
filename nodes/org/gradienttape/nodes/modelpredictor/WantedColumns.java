package org.gradienttape.nodes.modelpredictor;

import java.util.Optional;
import org.gradienttape.column.Encoding;
import org.gradienttape.data.Target;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.prediction.PredictedClasses;
import org.gradienttape.nodes.prediction.PredictedColumns;
import org.gradienttape.nodes.prediction.PredictedNumbers;
import org.gradienttape.nodes.prediction.PredictionTable;
import org.gradienttape.nodes.prediction.ReconstructedSamples;

/**
 * Which columns a model's predictions become, as the dialog wants them.
 *
 * @param model that predicts
 * @param data what the samples say of their target; nothing if they are rows of a table
 * @param isTable whether they are appended to the rows of a table
 */
record WantedColumns(Outline model, Target data, boolean isTable, ModelPredictorNodeParameters parameters) {
    /** Whether the model says all that the columns depend on; one that is still to be trained may say it later. */
    boolean areKnown() {
        final Target target = model.preprocessing().target();
        return target instanceof Target.Numbers
                || !model.preprocessing().classNames().isEmpty()
                || target instanceof Target.Features && (!parameters.reconstruction || areNamed());
    }

    private boolean areNamed() {
        return encoding().isPresent()
                || !isTable && model.preprocessing().pixels().isPresent();
    }

    /** @throws org.gradienttape.error.InvalidInputException if the outputs are not what they should be */
    PredictedColumns columns() {
        final Optional<String> ownName = parameters.prediction.map(String::strip);
        final Target target = model.preprocessing().target();
        if (target instanceof Target.Numbers numbers) {
            return new PredictedNumbers(numbers, ownName);
        }
        if (target instanceof Target.Features) {
            return new ReconstructedSamples(
                    encoding(), model.network().input().size(), ownName, parameters.reconstruction);
        }
        return new PredictedClasses(
                targetName(),
                names().names(),
                parameters.meaning(model.network()),
                new PredictedClasses.Form(
                        ownName.orElse(isTable ? PredictedColumns.prediction(targetName()) : PredictionTable.PREDICTED),
                        !isTable,
                        parameters.probabilities,
                        parameters.suffix));
    }

    private Optional<Encoding> encoding() {
        return model.preprocessing().encoding();
    }

    /** What the outputs are called, if they are classes. */
    OutputNames names() {
        return new OutputNames(model.preprocessing(), model.network().output().last());
    }

    /** What the classes are the classes of, by the data or else by the model. */
    String targetName() {
        final String name = data instanceof Target.Classes classes ? classes.name() : Target.LABEL;
        return name.equals(Target.LABEL) && model.preprocessing().target() instanceof Target.Classes known
                ? known.name()
                : name;
    }

    /** Whether the model predicts classes. */
    boolean areClasses() {
        final Target target = model.preprocessing().target();
        return target instanceof Target.Classes || target instanceof Target.None;
    }
}
