package org.gradienttape.nodes.training;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.gradienttape.nodes.StepTemplate;
import org.gradienttape.nodes.WhenChecked;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** Which metrics become columns of the logs, with Keras' definitions. */
@LoadDefaultsForAbsentFields
public final class MetricsParameters implements NodeParameters {
    static final class TopKReference implements ParameterReference<Boolean> {}

    static final class IsTopK extends WhenChecked {
        IsTopK() {
            super(TopKReference.class);
        }
    }

    static final class JavaCodeReference implements ParameterReference<Boolean> {}

    static final class IsJavaCode extends WhenChecked {
        IsJavaCode() {
            super(JavaCodeReference.class);
        }
    }

    @Widget(
            title = "Accuracy",
            description =
                    "The share of samples whose largest output is that of their label; with a single output, the share"
                            + " on the right side of 0 (logits) or 0.5.")
    public boolean accuracy = true;

    @Widget(title = "Top-k accuracy", description = "The share of samples whose label is among the k largest outputs.")
    @ValueReference(TopKReference.class)
    public boolean topKAccuracy;

    @Widget(title = "Top k", description = "The k of the top-k accuracy; the model must have more outputs than that.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsTopK.class, type = EffectType.SHOW)
    public int k = 5;

    @Widget(
            title = "Precision",
            description =
                    "Of the outputs with a probability above 0.5, the share that is right; all classes are counted"
                            + " together.")
    public boolean precision;

    @Widget(
            title = "Recall",
            description = "Of the labels, the share whose output has a probability above 0.5; all classes are counted"
                    + " together.")
    public boolean recall;

    @Widget(
            title = "F1",
            description =
                    "The harmonic mean of precision and recall, averaged over the classes that occur; the largest output is"
                            + " what the model says.")
    public boolean f1;

    @Widget(
            title = "AUC",
            description = "The area under the receiver operating characteristic, from 200 thresholds; all classes are"
                    + " counted together.")
    public boolean auc;

    @Widget(
            title = "Mean squared error (metric)",
            description =
                    "Between the outputs as they are and one-hot targets, or a single output and the label; of numbers,"
                            + " in their own units.")
    public boolean meanSquaredError;

    @Widget(
            title = "Mean absolute error (metric)",
            description =
                    "Between the outputs as they are and one-hot targets, or a single output and the label; of numbers,"
                            + " in their own units.")
    public boolean meanAbsoluteError;

    @Widget(
            title = "Root mean squared error",
            description = "The square root of the mean squared error; of numbers, in their own units.")
    public boolean rootMeanSquaredError;

    @Widget(
            title = "R²",
            description =
                    "The coefficient of determination: 1 for perfect predictions, 0 for those that are as good as the mean"
                            + " of the targets. The mean over the outputs.")
    public boolean r2;

    @Widget(
            title = "Java code",
            description =
                    "Metrics of your own, written in Java; compiled when the node is executed, never before. Their"
                            + " columns follow those of the metrics above.")
    @ValueReference(JavaCodeReference.class)
    public boolean javaCode;

    @Widget(
            title = "Code of the metrics",
            description =
                    "A Java file with one or more classes that implement Metric of org.gradienttape.metric. The first"
                            + " text is the balanced accuracy.")
    @TextAreaWidget(rows = 24)
    @Effect(predicate = IsJavaCode.class, type = EffectType.SHOW)
    public String code = StepTemplate.text("BalancedAccuracy");

    public MetricsConfig toConfig() {
        final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        add(kinds, Kind.ACCURACY, accuracy);
        add(kinds, Kind.TOP_K_ACCURACY, topKAccuracy);
        add(kinds, Kind.PRECISION, precision);
        add(kinds, Kind.RECALL, recall);
        add(kinds, Kind.F1, f1);
        add(kinds, Kind.AUC, auc);
        add(kinds, Kind.MEAN_SQUARED_ERROR, meanSquaredError);
        add(kinds, Kind.MEAN_ABSOLUTE_ERROR, meanAbsoluteError);
        add(kinds, Kind.ROOT_MEAN_SQUARED_ERROR, rootMeanSquaredError);
        add(kinds, Kind.R2, r2);
        return new MetricsConfig(kinds, k);
    }

    /** The Java file with metrics of one's own. */
    public Optional<String> source() {
        return Optional.of(code).filter(source -> javaCode);
    }

    private static void add(final Set<Kind> kinds, final Kind kind, final boolean chosen) {
        if (chosen) {
            kinds.add(kind);
        }
    }
}
