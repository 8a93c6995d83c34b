package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.torch.library.OneDnn;
import org.junit.jupiter.api.Test;

class LstmCheckTest {
    /** On processors of AMD and Intel; programs for others are never asked. */
    @Test
    void oneDnnIsRightWhereProgramsUseIt() {
        final TorchEngine engine = TorchEngine.start();
        final TorchWriter.Target target = TorchEngine.target(Device.cpu());

        assertThat(engine.compute(1, () -> target.hasFusedLstm().getAsBoolean()))
                .isEqualTo(engine.hasOneDnn()
                        && OneDnn.isMadeForProcessor()
                        && engine.compute(1, () -> LstmCheck.passes(engine, target)));
    }

    /** oneDNN has no LSTM in double precision; a libtorch without oneDNN has none at all. */
    @Test
    void aCallThatFailsIsNone() {
        final TorchEngine engine = TorchEngine.start();

        assertThat(engine.compute(1, () -> LstmCheck.passes(engine, TorchWriter.Target.plain(TorchExpression.DOUBLE))))
                .isFalse();
    }
}
