import org.gradienttape.layer.*;
import org.gradienttape.tensor.*;

/**
 * A whole model: Keras' subclassing. Two branches look at the same 784 pixels, a block that both share works on each, and what
 * they found is joined to one logit per digit.
 */
public class BranchingModel extends CustomLayer {
    private final Sublayer narrow = layer(new Layer.Dense(32, Activation.RELU));
    private final Sublayer wide = layer(new Layer.Dense(32, Activation.TANH));
    private final Sublayer shared = layer(new Residual(32));
    private final Sublayer logits = layer(new Layer.Dense(10, Activation.NONE));

    @Override
    public Tensor call(Tensor x, Mode mode) {
        Tensor one = shared.call(narrow.call(x, mode), mode); // [batch, 32]
        Tensor other = shared.call(wide.call(x, mode), mode);
        return logits.call(concat(1, one, other), mode); // [batch, 10]
    }

    /** Adds what a Dense layer finds to its input. */
    static class Residual extends CustomLayer {
        private final Sublayer dense;

        Residual(int units) {
            dense = layer(new Layer.Dense(units, Activation.RELU));
        }

        @Override
        public Tensor call(Tensor x, Mode mode) {
            return x.add(dense.call(x, mode));
        }
    }
}
