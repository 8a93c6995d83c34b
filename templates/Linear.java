import org.gradienttape.layer.*;
import org.gradienttape.tensor.*;

/** A layer with weights of its own: w and b are made in build, when the shape of the input is known. */
public class Linear extends CustomLayer {
    private static final int UNITS = 32;

    private Variable w;
    private Variable b;

    @Override
    public void build(Shape input) {
        w = addWeight("w", Initializer.RANDOM_NORMAL, input.last(), UNITS);
        b = addWeight("b", Initializer.ZEROS, UNITS);
    }

    @Override
    public Tensor call(Tensor inputs, Mode mode) {
        return inputs.matmul(w).add(b);
    }
}
