package org.gradienttape.script;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.model.AtomicFile;
import org.gradienttape.model.IfExists;
import org.gradienttape.model.Model;

/**
 * Writes a trained network as a TorchScript file for prediction, which PyTorch's {@code torch.jit.load}, DJL and libtorch
 * read without this project. Its {@code forward} takes float32 samples as the network sees them, scaled, [batch, sample
 * shape] with images channels last, and gives [batch, output shape].
 */
public final class PredictionScript {
    private static final String CLASS = "Prediction";

    private PredictionScript() {}

    /** The module of a model. */
    public static ScriptModule module(final Model model) {
        final Network network = model.network();
        final NetworkCode code = new NetworkCode("", network);
        final Body body = new Body("x");
        body.line("return "
                + code.forward(new Pass(body, Pass.Mode.INFERENCE), "x").output());
        final Methods methods = new Methods(CLASS);
        methods.add("forward", List.of("x: Tensor"), "Tensor", body.toString());
        return new ScriptModule(CLASS, code.tensors(model.weights()), methods.toString());
    }

    /**
     * Writes the file; a failure leaves nothing behind and an existing file untouched.
     *
     * @throws InvalidInputException if the file is there and is to stay
     * @throws IOException if it cannot be written
     */
    public static void write(final Model model, final Path file, final IfExists ifExists) throws IOException {
        AtomicFile.write("The model", file, ifExists, module(model)::write);
    }
}
