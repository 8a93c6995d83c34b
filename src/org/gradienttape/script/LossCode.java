package org.gradienttape.script;

import java.util.Map;
import org.gradienttape.loss.Loss;

/** What a loss contributes to the code. */
@FunctionalInterface
interface LossCode {
    /** Keras' epsilon, which keeps logarithms of probabilities finite. */
    String EPSILON = "1.0e-7";

    /** The code of the losses without numbers of their own. */
    Map<Class<? extends Loss>, LossCode> ALL = Map.of(
            Loss.SparseCategoricalCrossentropy.class, LossCode::sparseCategoricalCrossentropy,
            Loss.CategoricalCrossentropy.class, LossCode::categoricalCrossentropy,
            Loss.BinaryCrossentropy.class, LossCode::binaryCrossentropy,
            Loss.MeanSquaredError.class, LossCode::meanSquaredError,
            Loss.MeanAbsoluteError.class, LossCode::meanAbsoluteError,
            Loss.Hinge.class, LossCode::hinge,
            Loss.KlDivergence.class, LossCode::klDivergence);

    static LossCode of(final Loss loss) {
        return loss instanceof Loss.Huber huber
                ? (pass, predictions, labels) -> huber(pass, predictions, labels, Body.number(huber.delta()))
                : ALL.get(loss.getClass());
    }

    /**
     * Writes the statements of the loss.
     *
     * @param predictions the variable that holds [batch, columns]
     * @return the loss of the batch, shape []; its gradient is by the predictions, for a loss' gradient of "1"
     */
    Written forward(Pass pass, String predictions, Labels labels);

    /**
     * What the predictions are held against.
     *
     * @param variable that holds the classes as int64 or, for one column, also numbers as float32: [batch, 1]
     * @param columns of the predictions
     */
    record Labels(String variable, int columns) {
        /** One-hot where there is an output per class, the label itself where there is one output: [batch, columns]. */
        private String targets(final Pass pass) {
            final String numbers =
                    columns == 1 ? variable : "torch.one_hot(torch.squeeze(" + variable + ", 1), " + columns + ")";
            return pass.let("targets", "torch.to(" + numbers + ", 6)");
        }
    }

    private static Written sparseCategoricalCrossentropy(final Pass pass, final String logits, final Labels labels) {
        final String logarithms = pass.let("log_probabilities", "torch.log_softmax(" + logits + ", 1)");
        final String classes = pass.let("classes", "torch.squeeze(" + labels.variable() + ", 1)");
        final String loss = pass.body().free("loss");
        final String total = pass.body().free("total_weight");
        pass.body()
                .line(loss + ", " + total + ", = torch.nll_loss_forward(" + logarithms + ", " + classes
                        + ", None, 1, -100)");
        return Written.of(
                loss,
                one -> "torch._log_softmax_backward_data(torch.nll_loss_backward(torch.ones_like(" + loss + "), "
                        + logarithms + ", " + classes + ", None, 1, -100, " + total + "), " + logarithms + ", 1, 6)");
    }

    private static Written categoricalCrossentropy(final Pass pass, final String logits, final Labels labels) {
        final String targets = labels.targets(pass);
        final String logarithms = pass.let("log_probabilities", "torch.log_softmax(" + logits + ", 1)");
        final String loss = pass.let(
                "loss", "torch.neg(torch.mean(torch.sum(torch.mul(" + logarithms + ", " + targets + "), [1])))");
        return Written.of(
                loss,
                one -> "torch._log_softmax_backward_data(torch.div(" + targets + ", -torch.size(" + targets + ", 0)), "
                        + logarithms + ", 1, 6)");
    }

    /** softplus(x) - x * target for the logit x: the cross-entropy in a form that does not overflow. */
    private static Written binaryCrossentropy(final Pass pass, final String logits, final Labels labels) {
        final String targets = labels.targets(pass);
        final String loss = pass.let(
                "loss",
                "torch.mean(torch.sub(torch.softplus(" + logits + ", 1, 20), torch.mul(" + logits + ", " + targets
                        + ")))");
        return Written.of(loss, one -> share("torch.sub(torch.sigmoid(" + logits + "), " + targets + ")", logits));
    }

    private static Written meanSquaredError(final Pass pass, final String predictions, final Labels labels) {
        final String errors = errors(pass, predictions, labels);
        final String loss = pass.let("loss", "torch.mean(torch.square(" + errors + "))");
        return Written.of(loss, one -> share("torch.mul(" + errors + ", 2.)", predictions));
    }

    private static Written meanAbsoluteError(final Pass pass, final String predictions, final Labels labels) {
        final String errors = errors(pass, predictions, labels);
        final String loss = pass.let("loss", "torch.mean(torch.abs(" + errors + "))");
        return Written.of(loss, one -> share("torch.sign(" + errors + ")", predictions));
    }

    /** q^2 / 2 + delta * (|e| - q) for the error e and its part q up to delta. */
    private static Written huber(final Pass pass, final String predictions, final Labels labels, final String delta) {
        final String errors = errors(pass, predictions, labels);
        final String sizes = pass.let("error_sizes", "torch.abs(" + errors + ")");
        final String parts = pass.let("error_parts", "torch.clamp(" + sizes + ", None, " + delta + ")");
        final String loss = pass.let(
                "loss",
                "torch.mean(torch.add(torch.mul(torch.square(" + parts + "), 0.5), torch.sub(" + sizes + ", " + parts
                        + "), alpha=" + delta + "))");
        return Written.of(
                loss, one -> share("torch.clamp(" + errors + ", -" + delta + ", " + delta + ")", predictions));
    }

    /** The signs are 2 * target - 1. */
    private static Written hinge(final Pass pass, final String predictions, final Labels labels) {
        final String signs = pass.let("signs", "torch.sub(torch.mul(" + labels.targets(pass) + ", 2.), 1.)");
        return Written.withoutGradient(pass.let(
                "loss", "torch.mean(torch.relu(torch.rsub(torch.mul(" + signs + ", " + predictions + "), 1.)))"));
    }

    private static Written klDivergence(final Pass pass, final String probabilities, final Labels labels) {
        final String targets = pass.let("targets", clip(labels.targets(pass)));
        return Written.withoutGradient(pass.let(
                "loss",
                "torch.mean(torch.sum(torch.mul(" + targets + ", torch.log(torch.div(" + targets + ", "
                        + clip(probabilities) + "))), [1]))"));
    }

    private static String errors(final Pass pass, final String predictions, final Labels labels) {
        return pass.let("errors", "torch.sub(" + predictions + ", " + labels.targets(pass) + ")");
    }

    private static String clip(final String values) {
        return "torch.clamp(" + values + ", " + EPSILON + ", 1.)";
    }

    /** One number's share of the mean over all outputs. */
    private static String share(final String derivative, final String predictions) {
        return "torch.div(" + derivative + ", torch.numel(" + predictions + "))";
    }
}
