package org.gradienttape.host.api.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

class ProgressTest {
    private final List<String> heard = new ArrayList<>();
    private final Progress progress = new Progress((fraction, message) -> heard.add(fraction + " " + message));
    private final ExecutionMonitor monitor = new ExecutionMonitor(progress);

    @Test
    void tellsItsListenerEveryChange() {
        monitor.setProgress(0.25);
        monitor.setProgress(0.5, "half");
        monitor.setProgress(0.75, () -> "more");
        monitor.setMessage("soon");
        monitor.setProgress("done");

        assertThat(heard).containsExactly("0.25 null", "0.5 half", "0.75 more", "0.75 soon", "0.75 done");
    }

    @Test
    void ignoresAFractionOutsideOfZeroToOne() {
        monitor.setProgress(0.5);
        monitor.setProgress(1.5);
        monitor.setProgress(Double.NaN, "lost");

        assertThat(progress.getProgress()).isEqualTo(0.5);
        assertThat(progress.getMessage()).isEqualTo("lost");
    }

    @Test
    void aPartMovesTheWholeByItsShare() {
        monitor.createSubProgress(0.2).setProgress(1);
        final ExecutionMonitor rest = monitor.createSubProgress(0.8);
        rest.setProgress(0.5, "resting");

        assertThat(progress.getProgress()).isCloseTo(0.6, within(1e-12));
        assertThat(progress.getMessage()).isEqualTo("resting");
    }

    @Test
    void aPartOfAPartMovesTheWholeByTheProduct() {
        monitor.createSubProgress(0.5).createSubProgress(0.5).setProgress(1);

        assertThat(progress.getProgress()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void aSilentPartKeepsItsMessages() {
        monitor.setMessage("whole");
        monitor.createSilentSubProgress(0.5).setProgress(0.5, "part");

        assertThat(progress.getMessage()).isEqualTo("whole");
        assertThat(progress.getProgress()).isEqualTo(0.25);
    }

    @Test
    void cancellingReachesEveryPart() {
        final ExecutionMonitor part = monitor.createSubProgress(0.5).createSilentSubProgress(0.5);
        assertThatCode(part::checkCanceled).doesNotThrowAnyException();

        progress.setExecuteCanceled();

        assertThat(progress.isCanceled()).isTrue();
        assertThatThrownBy(part::checkCanceled).isInstanceOf(CanceledExecutionException.class);
    }
}
