package org.gradienttape.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.gradienttape.graph.Program;
import org.gradienttape.script.ScriptModule;

/** A program in the engine. */
final class ProgramModule implements AutoCloseable {
    private final String code;
    private final PtSymbolBlock block;

    /**
     * Compiles a program.
     *
     * @param method its text
     * @throws org.gradienttape.error.InvalidInputException if the engine does not accept it
     */
    ProgramModule(final String method, final PtNDManager run) {
        final ScriptModule module = new ScriptModule(Program.CLASS, method);
        this.code = module.code();
        try {
            this.block = JniUtils.loadModule(run, new ByteArrayInputStream(module.toBytes()), false, false);
        } catch (final EngineException failure) {
            throw new ScriptFailure(code).compiling(failure);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The text of the module. */
    String code() {
        return code;
    }

    /**
     * Runs the program of compiled steps.
     *
     * @param arguments stay open
     * @param call owner of the results
     * @throws org.gradienttape.error.InvalidInputException if the engine fails; names the layer
     */
    public NDList run(final IValue[] arguments, final PtNDManager call) {
        try (IValue results = call(arguments)) {
            return new NDList(results.toTensorArray(call));
        } catch (final EngineException failure) {
            throw new ScriptFailure(code).running(failure);
        }
    }

    /** Runs a program that returns nothing; as there. */
    void run(final IValue[] arguments) {
        try {
            call(arguments).close();
        } catch (final EngineException failure) {
            throw new ScriptFailure(code).running(failure);
        }
    }

    /** Runs the program of an operation, or of several, of an eager step; as there. */
    NDList runEagerly(final IValue[] arguments, final PtNDManager call) {
        try (IValue results = call(arguments)) {
            return new NDList(results.toTensorArray(call));
        } catch (final EngineException failure) {
            throw new ScriptFailure(code).runningEagerly(failure);
        }
    }

    private IValue call(final IValue[] arguments) {
        // Of this thread: whole steps gain nothing from the optimizer, which would stall the first calls.
        JniUtils.setGraphExecutorOptimize(false);
        return IValueUtils.runMethod(block, Program.METHOD, arguments);
    }

    @Override
    public void close() {
        block.close();
    }
}
