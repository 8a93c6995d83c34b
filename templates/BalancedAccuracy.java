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
    public void update(Predictions predictions, int[] labels) {
        for (int row = 0; row < labels.length; row++) {
            boolean right = predictions.largest(row) == labels[row];
            classes.computeIfAbsent(labels[row], label -> new Mean()).update(right ? 1 : 0, 1);
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
