package org.gradienttape.nodes.modelreader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.keras.KerasFile;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.ForeignFile;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Outline;
import org.gradienttape.model.Provenance;
import org.gradienttape.pretrained.Layout;
import org.gradienttape.pretrained.NamedWeights;

/**
 * A model file of ours or of another library: by what it holds, whatever its name is.
 *
 * @param file that is read
 * @param kind of the file
 */
record PretrainedModel(Path file, ForeignFile.Kind kind) {
    static PretrainedModel of(final Path file) throws IOException {
        return new PretrainedModel(file, ForeignFile.kind(file));
    }

    /**
     * All but the weights.
     *
     * @param network that is connected
     */
    Outline outline(final Optional<Outline> network) throws IOException {
        if (holdsNoNetwork()) {
            return needed(network);
        }
        final Outline outline =
                kind == ForeignFile.Kind.KERAS ? KerasFile.readOutline(file) : ModelFile.readOutline(file);
        checkNone(network);
        return outline;
    }

    /**
     * The whole model.
     *
     * @param network that is connected
     * @param names in the file, by the names of our weights, of a table that is connected
     * @param layout of kernels in a file with such names
     */
    Model read(final Optional<Model> network, final Optional<Map<String, String>> names, final Layout layout)
            throws IOException {
        if (names.isPresent() && kind != ForeignFile.Kind.SAFETENSORS) {
            throw new InvalidInputException("The names of weights are for safetensors files, but " + file
                    + " is none; remove the connection of the table, or choose another file.");
        }
        return switch (kind) {
            case HDF5 -> with(needed(network), layers -> KerasFile.readWeights(file, layers));
            case SAFETENSORS ->
                with(needed(network), layers -> NamedWeights.read(file, layers, names.orElse(Map.of()), layout));
            case KERAS -> {
                checkNone(network);
                yield KerasFile.read(file);
            }
            case OTHER -> {
                final Model model = ModelFile.read(file);
                checkNone(network);
                yield model;
            }
        };
    }

    /** What a person should know of a model whose file says nothing of its samples. */
    Optional<String> doubtfulSamples(final Outline model) {
        return kind == ForeignFile.Kind.OTHER || !model.preprocessing().equals(Preprocessing.UNKNOWN)
                ? Optional.empty()
                : Optional.of("The file does not say how its samples were scaled, nor what its classes are called."
                        + " Give the model numbers as it had them in training; its outputs are numbered from 0.");
    }

    private boolean holdsNoNetwork() {
        return kind == ForeignFile.Kind.HDF5 || kind == ForeignFile.Kind.SAFETENSORS;
    }

    /** Reads the weights of a network. */
    @FunctionalInterface
    private interface WeightReader {
        Weights read(Network network) throws IOException;
    }

    private Model with(final Model network, final WeightReader weights) throws IOException {
        return new Model(
                network.network(),
                weights.read(network.network()),
                network.preprocessing(),
                Provenance.of("Model Reader").with("weights", file.getFileName().toString()));
    }

    private <T> T needed(final Optional<T> network) {
        return network.orElseThrow(() -> new InvalidInputException(
                "The file " + file + " holds weights and no network; add the input Network with the + at the node, and"
                        + " connect a model with the layers that these weights belong to."));
    }

    private void checkNone(final Optional<?> network) {
        if (network.isPresent()) {
            throw new InvalidInputException(
                    "The file " + file + " holds a network of its own, so that the input Network"
                            + " must stay empty; remove its connection, or choose a file of weights.");
        }
    }
}
