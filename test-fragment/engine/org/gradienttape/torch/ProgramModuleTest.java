package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** What a person reads when the engine does not take or cannot run generated code. */
class ProgramModuleTest {
    private static String program(final String result) {
        return "def run(self: __torch__.Step, x: Tensor, kernel: Tensor) -> List[Tensor]:\n  return [" + result
                + "]  # dense_1: Dense, 64 to 64\n";
    }

    @Test
    void anErrorInCompiledCodeNamesTheLayerAndBothShapes() {
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays());
                ProgramModule module = new ProgramModule(program("torch.mm(x, kernel)"), (PtNDManager) run);
                IValue x = IValue.from((PtNDArray) run.zeros(new Shape(2, 64)));
                IValue kernel = IValue.from((PtNDArray) run.zeros(new Shape(63, 64)))) {
            assertThatThrownBy(() -> module.run(new IValue[] {x, kernel}, (PtNDManager) run))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The compiled step failed at dense_1: Dense, 64 to 64: ")
                    .hasMessageContaining(
                            "mat1 and mat2 shapes cannot be multiplied (2x64 and 63x64); choose the execution Eager.");
            assertThatThrownBy(() -> module.runEagerly(new IValue[] {x, kernel}, (PtNDManager) run))
                    .hasMessage("The step failed at dense_1: Dense, 64 to 64: mat1 and mat2 shapes cannot be multiplied"
                            + " (2x64 and 63x64)");
        }
    }

    /** A hundred million million numbers. */
    @Test
    void onlyWhereMemoryRunsOutSomethingSmallerIsAdvised() {
        final String advice = "; choose a smaller batch size, a smaller model or another device.";
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays());
                ProgramModule module =
                        new ProgramModule(program("torch.tile(x, [10000000, 10000000])"), (PtNDManager) run);
                IValue x = IValue.from((PtNDArray) run.zeros(new Shape(1, 1)))) {
            final IValue[] arguments = {x, x};

            assertThatThrownBy(() -> module.run(arguments, (PtNDManager) run)).hasMessageEndingWith(advice);
            assertThatThrownBy(() -> module.runEagerly(arguments, (PtNDManager) run))
                    .hasMessageEndingWith(advice);
        }
    }

    @Test
    void codeThatTheEngineRefusesSaysWhatToChoose() {
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            assertThatThrownBy(() -> new ProgramModule(program("torch.nothing(x)"), (PtNDManager) run))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The step could not be compiled")
                    .hasMessageEndingWith("; choose the execution Eager.");
        }
    }
}
