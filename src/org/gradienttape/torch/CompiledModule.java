package org.gradienttape.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;
import org.gradienttape.script.ScriptModule;
import org.gradienttape.script.ScriptTensor;

/** A TorchScript module in the engine. Closed with the run that it belongs to. */
final class CompiledModule {
    /** Weights that it changes are soon no numbers any more, which is what too large a rate deserves. */
    private static final double LARGEST_RATE = Float.MAX_VALUE;

    private static final String RUNNING = "RuntimeError: ";
    private static final Pattern LINE = Pattern.compile("\", line (\\d+)");

    private final String code;
    private final PtSymbolBlock block;
    private final NDArray selector;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();

    /**
     * Compiles the module on the device of the run.
     *
     * @param run owner of the module and its tensors
     * @throws InvalidInputException if the engine does not accept it; says why and what to choose
     */
    CompiledModule(final ScriptModule module, final NDManager run) {
        this.code = module.code();
        this.block = load(module, (PtNDManager) run);
        this.selector = run.zeros(new Shape());
        final List<NDArray> parameters = JniUtils.moduleGetParams(block, (PtNDManager) run);
        final List<String> names = module.tensors().stream()
                .filter(tensor -> tensor.role() != ScriptTensor.Role.STATE)
                .map(ScriptTensor::name)
                .toList();
        for (int i = 0; i < names.size(); i++) {
            weights.put(names.get(i), parameters.get(i));
        }
    }

    /** A learning rate as compiled code takes it: the engine refuses factors that float32 cannot hold. */
    static float rate(final double learningRate) {
        return (float) Math.min(learningRate, LARGEST_RATE);
    }

    /** The text of the module. */
    String code() {
        return code;
    }

    /**
     * Runs a method.
     *
     * @param arguments tensors in the order of the parameters; at least one
     * @return what the method returns; belongs to the manager of the first argument
     * @throws InvalidInputException if the engine fails; names the layer
     */
    NDList call(final String method, final List<NDArray> arguments) {
        // Of this thread: whole steps gain nothing from the optimizer, which would stall the first calls.
        JniUtils.setGraphExecutorOptimize(false);
        selector.setName("module_method:" + method); // DJL takes the method's name from an array's name
        final NDList inputs = new NDList(arguments);
        inputs.add(selector);
        try {
            return IValueUtils.forward(block, inputs, true);
        } catch (final EngineException failure) {
            throw failure(failure);
        }
    }

    /**
     * A copy of a network's weights as they are now.
     *
     * @param prefix of the network's names in the module
     */
    Weights weights(final String prefix, final Network network) {
        final Map<String, float[]> values = new LinkedHashMap<>();
        for (final Network.Node node : network.nodes()) {
            for (final WeightSpec weight : node.weights()) {
                values.put(
                        node.weightName(weight),
                        HostCopy.floats(weights.get(prefix + node.name() + "_" + weight.name())));
            }
        }
        return Weights.of(network, values);
    }

    private PtSymbolBlock load(final ScriptModule module, final PtNDManager run) {
        try {
            return JniUtils.loadModule(run, new ByteArrayInputStream(module.toBytes()), true, false);
        } catch (final EngineException failure) {
            throw new InvalidInputException(
                    "The network could not be compiled" + place(failure) + ": " + reason(failure)
                            + "; choose the execution Eager.",
                    failure);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private InvalidInputException failure(final EngineException failure) {
        return new InvalidInputException(
                "The compiled step failed" + place(failure) + ": " + reason(failure)
                        + "; choose a smaller batch size, a smaller model or another device, or the execution Eager.",
                failure);
    }

    /** The comment behind the line that the engine names last: the layer with its shapes. */
    private String place(final EngineException failure) {
        final List<Integer> lines = new ArrayList<>();
        final Matcher matcher = LINE.matcher(String.valueOf(failure.getMessage()));
        while (matcher.find()) {
            lines.add(Integer.parseInt(matcher.group(1)));
        }
        if (lines.isEmpty()) {
            return "";
        }
        final String line = code.lines().toList().get(lines.get(lines.size() - 1) - 1);
        final int comment = line.indexOf("# ");
        return comment < 0 ? "" : " at " + line.substring(comment + 2);
    }

    /** The engine's own sentence: behind its trace of code lines if code was running, else the first. */
    private static String reason(final EngineException failure) {
        final List<String> lines = String.valueOf(failure.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream()
                .filter(line -> line.startsWith(RUNNING))
                .map(line -> line.substring(RUNNING.length()))
                .findFirst()
                .orElse(lines.isEmpty() ? "unknown reason" : lines.get(0).strip());
    }
}
