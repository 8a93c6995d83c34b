package org.gradienttape.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.file.IfExists;
import org.gradienttape.graph.TorchForward;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.model.Model;
import org.gradienttape.script.ScriptModule;
import org.gradienttape.script.ScriptTensor;

/**
 * Writes a trained network as a TorchScript file for prediction, which PyTorch's {@code torch.jit.load}, DJL and libtorch
 * read without this project. Its {@code forward} takes float32 samples as the network sees them, scaled, [batch, sample
 * shape] with images channels last, and gives [batch, output shape]. What {@link Metadata} says lies in it as extra files.
 */
public final class TorchScriptFile {
    private static final String CLASS = "Prediction";

    private TorchScriptFile() {}

    /** The module of a model that cannot be cancelled meanwhile. */
    public static ScriptModule module(final Model model) {
        return module(model, () -> true);
    }

    private static ScriptModule module(final Model model, final BooleanSupplier goOn) {
        return TracedModel.written(model, "TorchScript", goOn, traced -> {
            final TorchForward.Text text = TorchForward.write(traced.pass(), CLASS, traced.weights());
            return new ScriptModule(CLASS, tensors(model, text.attributes()), text.method(), Metadata.of(model));
        });
    }

    /** Writes a model that cannot be cancelled meanwhile. */
    public static void write(final Model model, final Path file, final IfExists ifExists) throws IOException {
        write(model, file, ifExists, () -> true);
    }

    /**
     * Writes the file; a failure leaves nothing behind and an existing file untouched.
     *
     * @param goOn asked while layers in Java run; false cancels, which throws a CodeStop
     * @throws InvalidInputException if the file is there and is to stay, or a weight is not finite
     * @throws IOException if it cannot be written
     */
    public static void write(final Model model, final Path file, final IfExists ifExists, final BooleanSupplier goOn)
            throws IOException {
        model.checkFinite(file);
        AtomicFile.write("The model", file, ifExists, module(model, goOn)::write);
    }

    private static List<ScriptTensor> tensors(final Model model, final List<String> names) {
        final List<ScriptTensor> tensors = new ArrayList<>();
        for (final Network.Node node : model.network().nodes()) {
            for (final WeightSpec weight : node.weights()) {
                tensors.add(new ScriptTensor(
                        names.get(tensors.size()),
                        weight.shape(),
                        model.weights().get(node.weightName(weight)),
                        weight.trainable() ? ScriptTensor.Role.PARAMETER : ScriptTensor.Role.BUFFER));
            }
        }
        return tensors;
    }
}
