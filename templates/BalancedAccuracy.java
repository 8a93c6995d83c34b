import java.util.*;
import org.gradienttape.metric.*;

/** The share of samples that are right, for each class by itself, and the mean of that: rare classes count as common ones. */
public class BalancedAccuracy implements Metric {
    private final Map<Integer, Mean> classes = new TreeMap<>();

    @Override
    public String name() {
        return "Balanced accuracy";
    }

    @Override
    public void update(Predictions predictions, Targets targets) {
        for (int row = 0; row < targets.rows(); row++) {
            int label = targets.label(row);
            boolean right = predictions.largest(row) == label;
            classes.computeIfAbsent(label, first -> new Mean()).update(right ? 1 : 0, targets.weight(row));
        }
    }

    @Override
    public double result() {
        return classes.values().stream().mapToDouble(Mean::result).average().orElse(Double.NaN);
    }

    @Override
    public void reset() {
        classes.clear();
    }
}
