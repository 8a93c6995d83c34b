package org.gradienttape.script;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.Update;

/**
 * Writes the module that trains one network: the twin of tf.function around the guide's train_step.
 *
 * <p>Methods, for people and for the engine: {@code samples} gathers a batch of the resident data and scales it,
 * {@code predict} is the network, {@code train_step} learns from one batch, {@code train_steps} from several in one call,
 * {@code evaluate} looks at several. The latter two return the loss of each batch, [batches], and the predictions of all
 * samples, [samples, columns].
 *
 * @param network the layers
 * @param loss what is minimised
 * @param update how the gradients change the weights
 * @param batchSize samples of each batch of a call; its last one may have fewer
 * @param scaling of the numbers as they are stored
 */
public record TrainingScript(Network network, Loss loss, Update update, int batchSize, Scaling scaling) {
    private static final String CLASS = "Training";
    private static final String LOSS_AND_OUTPUT = "Tuple[Tensor, Tensor]";

    /** The module, with the weights to start from. */
    public ScriptModule module(final Weights weights) {
        final NetworkCode code = new NetworkCode("", network);
        final OptimizerCode rule = OptimizerCode.of(update.optimizer(), "");
        final List<ScriptTensor> tensors = OptimizerCode.withState(rule, code.tensors(weights));
        final Methods methods = new Methods(CLASS);
        methods.add("samples", Methods.tensors(List.of("features", "indices")), "Tensor", samples());
        methods.add("predict", Methods.tensors(List.of("x")), "Tensor", predict(code));
        methods.add("train_step", stepParameters(code), LOSS_AND_OUTPUT, trainStep(code, rule));
        methods.add("train_steps", callParameters(code), LOSS_AND_OUTPUT, trainSteps(code));
        methods.add("evaluate_batch", Methods.tensors(List.of("x", "y")), LOSS_AND_OUTPUT, evaluateBatch(code));
        methods.add("evaluate", Methods.tensors(List.of("indices", "features", "labels")), LOSS_AND_OUTPUT, evaluate());
        return new ScriptModule(CLASS, tensors, methods.toString());
    }

    private String samples() {
        final Body body = new Body("features", "indices");
        body.line("return " + PixelCode.scaled("torch.index_select(features, 0, indices)", scaling));
        return body.toString();
    }

    private String predict(final NetworkCode code) {
        final Body body = new Body("x");
        body.line("return "
                + code.forward(new Pass(body, Pass.Mode.INFERENCE), "x").output());
        return body.toString();
    }

    private static List<String> stepParameters(final NetworkCode code) {
        return Stream.concat(Stream.of("x: Tensor", "y: Tensor", "rate: float"), Methods.tensors(code.masks()).stream())
                .toList();
    }

    private String trainStep(final NetworkCode code, final OptimizerCode rule) {
        final Body body = new Body(Stream.concat(Stream.of("x", "y", "rate"), code.masks().stream())
                .toArray(String[]::new));
        final Pass pass = new Pass(body, Pass.Mode.TRAINING);
        final WeightUpdate change = new WeightUpdate(code.trainable(), rule, update.clipping());
        final boolean byLayers = knowsGradients(code);
        if (!byLayers) {
            body.line("torch.set_grad_enabled(True)");
        }
        final Written predictions = code.forward(pass, "x");
        final Written dataLoss = dataLoss(pass, predictions.output());
        final String total = pass.total(dataLoss.output());
        if (byLayers) {
            change.byLayers(pass, predictions, dataLoss);
        } else {
            change.byAutograd(pass, total);
        }
        body.line("return (torch.detach(" + total + "), torch.detach(" + predictions.output() + "))");
        return body.toString();
    }

    private Written dataLoss(final Pass pass, final String predictions) {
        return LossCode.of(loss)
                .forward(
                        pass,
                        predictions,
                        new LossCode.Labels("y", network.output().last()));
    }

    /** Whether layers and loss know their gradients, so that the engine's automatic differentiation is not needed. */
    private boolean knowsGradients(final NetworkCode code) {
        final Pass trial = new Pass(new Body(), Pass.Mode.TRAINING);
        final Written predictions = code.forward(trial, "x");
        return predictions.gradient().isPresent()
                && dataLoss(trial, predictions.output()).gradient().isPresent();
    }

    private static List<String> callParameters(final NetworkCode code) {
        return Methods.tensors(Stream.concat(Stream.of("indices", "features", "labels", "rates"), code.masks().stream())
                .toList());
    }

    private String trainSteps(final NetworkCode code) {
        final String masks =
                code.masks().stream().map(mask -> ", " + ofBatch(mask)).collect(Collectors.joining());
        return eachBatch("self.train_step(x, y, float(torch.select(rates, 0, i))" + masks + ")");
    }

    private String evaluateBatch(final NetworkCode code) {
        final Body body = new Body("x", "y");
        final Pass pass = new Pass(body, Pass.Mode.INFERENCE);
        final String predictions = code.forward(pass, "x").output();
        final String dataLoss = dataLoss(pass, predictions).output();
        body.line("return (" + pass.total(dataLoss) + ", " + predictions + ")");
        return body.toString();
    }

    private String evaluate() {
        return eachBatch("self.evaluate_batch(x, y)");
    }

    /** A loop over the batches of a call; the expression has x, y and the number i, and gives loss and predictions. */
    private String eachBatch(final String expression) {
        return """
                  losses = annotate(List[Tensor], [])
                  outputs = annotate(List[Tensor], [])
                  for i in range((torch.size(indices, 0) + %1$d) // %2$d):
                    first = i * %2$d
                    last = first + %2$d
                    x = self.samples(features, %3$s)
                    y = %4$s
                    loss, output, = %5$s
                    torch.append(losses, loss)
                    torch.append(outputs, output)
                  return (torch.stack(losses), torch.cat(outputs))
                """.formatted(batchSize - 1, batchSize, ofBatch("indices"), ofBatch("labels"), expression);
    }

    private static String ofBatch(final String all) {
        return "torch.slice(" + all + ", 0, first, last, 1)";
    }
}
