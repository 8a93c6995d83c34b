package org.gradienttape.nodes.modelreader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.keras.KerasFile;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.ForeignFile;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Outline;
import org.gradienttape.model.Provenance;

/** A model file of ours or of another library: by what it holds, whatever its name is. */
final class PretrainedModel {
    private PretrainedModel() {}

    /** All but the weights. */
    static Outline outline(final Path file, final Optional<Outline> network) throws IOException {
        return switch (ForeignFile.kind(file)) {
            case HDF5 -> needed(file, network);
            case KERAS -> {
                checkNone(file, network);
                yield KerasFile.readOutline(file);
            }
            case OTHER -> {
                final Outline outline = ModelFile.readOutline(file);
                checkNone(file, network);
                yield outline;
            }
        };
    }

    static Model read(final Path file, final Optional<Model> network) throws IOException {
        return switch (ForeignFile.kind(file)) {
            case HDF5 -> {
                final Model model = needed(file, network);
                final Weights weights = KerasFile.readWeights(file, model.network());
                yield new Model(
                        model.network(),
                        weights,
                        model.preprocessing(),
                        Provenance.of("Keras")
                                .with("weights", file.getFileName().toString()));
            }
            case KERAS -> {
                checkNone(file, network);
                yield KerasFile.read(file);
            }
            case OTHER -> {
                final Model model = ModelFile.read(file);
                checkNone(file, network);
                yield model;
            }
        };
    }

    /** What a person should know of a model whose file says nothing of its samples. */
    static Optional<String> doubtfulSamples(final Path file, final Outline model) throws IOException {
        return ForeignFile.kind(file) == ForeignFile.Kind.OTHER
                        || !model.preprocessing().equals(Preprocessing.UNKNOWN)
                ? Optional.empty()
                : Optional.of("A Keras file does not say how its samples were scaled, nor what its classes are called."
                        + " Give the model numbers as it had them in training; its outputs are numbered from 0.");
    }

    private static <T> T needed(final Path file, final Optional<T> network) {
        return network.orElseThrow(() -> new InvalidInputException(
                "The file " + file + " holds weights and no network; add the input Network with the + at the node, and"
                        + " connect a model with the layers that these weights belong to."));
    }

    private static void checkNone(final Path file, final Optional<?> network) {
        if (network.isPresent()) {
            throw new InvalidInputException(
                    "The file " + file + " holds a network of its own, so that the input Network"
                            + " must stay empty; remove its connection, or choose a file of weights.");
        }
    }
}
