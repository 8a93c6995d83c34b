package org.gradienttape.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.script.ScriptModule;

/**
 * An expression in TorchScript, for the operations of the engine that DJL does not pass on. Gradients flow through it as
 * through any operation. Each text is loaded once per process and stays; any number of threads may call it.
 */
final class ScriptFunction {
    private static final Map<String, ScriptFunction> LOADED = new ConcurrentHashMap<>();

    private final PtSymbolBlock module;

    private ScriptFunction(final PtSymbolBlock module) {
        this.module = module;
    }

    /**
     * Loads a function.
     *
     * @param expression one tensor, for example "torch.amax(x, [1, 2], False)"
     * @param parameters the names of the tensors in it
     */
    static ScriptFunction of(final String expression, final String... parameters) {
        return ofLines("return " + expression + "\n", "Tensor", parameters);
    }

    /**
     * Loads a function of several lines.
     *
     * @param lines each with a line break at its end, not indented
     * @param result Tensor, or List[Tensor]
     * @param parameters the names of the tensors in them
     */
    static ScriptFunction ofLines(final String lines, final String result, final String... parameters) {
        final String declared =
                Stream.of(parameters).map(name -> ", " + name + ": Tensor").collect(Collectors.joining());
        return LOADED.computeIfAbsent(
                "def forward(self: __torch__.Function" + declared + ") -> " + result + ":\n" + lines.indent(4),
                ScriptFunction::load);
    }

    /**
     * Computes the expression.
     *
     * @param arguments in the order of the parameters
     * @return belongs to the manager of the first argument
     */
    NDArray call(final NDArray... arguments) {
        return callAll(arguments).singletonOrThrow();
    }

    /**
     * Computes a function of several results.
     *
     * @param arguments in the order of the parameters
     * @return all belong to the manager of the first argument
     * @throws EngineException with libtorch's own words, without the text of the script around them
     */
    NDList callAll(final NDArray... arguments) {
        // Of this thread: one operation has nothing to gain from the optimizer, which would stall the first calls.
        JniUtils.setGraphExecutorOptimize(false);
        try {
            return IValueUtils.forward(module, new NDList(arguments), true);
        } catch (final EngineException e) {
            throw new EngineException(lastLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static String lastLine(final String message) {
        final String text = message.strip();
        return text.substring(text.lastIndexOf('\n') + 1).replaceFirst("^RuntimeError: ", "");
    }

    private static ScriptFunction load(final String method) {
        final byte[] archive = new ScriptModule("Function", method).toBytes();
        final PtNDManager owner = (PtNDManager) TorchEngine.start().newManager(ai.djl.Device.cpu());
        try {
            return new ScriptFunction(JniUtils.loadModule(owner, new ByteArrayInputStream(archive), false, false));
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
