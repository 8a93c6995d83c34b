package org.gradienttape.torch;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.gradienttape.code.LayerCode;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.SeededRandom;
import org.gradienttape.tensor.VariableMaker;

/** Networks that tests call, with layers in Java if they have some. */
final class Callable {
    private Callable() {}

    static CallableNetwork of(
            final Network network,
            final Weights weights,
            final VariableMaker variables,
            final Supplier<Machine> machine,
            final SplittableRandom random) {
        return new CallableNetwork(
                network,
                weights,
                variables,
                machine,
                new SeededRandom(random, machine),
                LayerCode.of(List.of(network))::object);
    }
}
