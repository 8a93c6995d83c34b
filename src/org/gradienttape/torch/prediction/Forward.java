package org.gradienttape.torch.prediction;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.gradienttape.code.LayerCode;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.model.Model;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.SeededRandom;
import org.gradienttape.tensor.VariableMaker;

/** A model that looks at one batch after the other; nothing of it changes. */
interface Forward extends AutoCloseable {
    /** The outputs of the samples that the feed holds, row by row; more follow where it added an empty one. */
    float[] outputs();

    @Override
    void close();

    /** The network of a model whose weights stay as they are. */
    static CallableNetwork network(
            final Model model, final VariableMaker variables, final Supplier<Machine> machine, final LayerCode code) {
        return new CallableNetwork(
                model.network(),
                model.weights(),
                variables,
                machine,
                new SeededRandom(new SplittableRandom(0), machine),
                code::object);
    }
}
