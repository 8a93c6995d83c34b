import org.gradienttape.layer.*;
import org.gradienttape.tensor.*;

/** A layer made of others: what two Dense layers find is added to the input (He et al., 2015, arXiv:1512.03385). */
public class ResidualBlock extends CustomLayer {
    private final Sublayer hidden = layer(new Layer.Dense(64, Activation.RELU));
    private final Sublayer drop = layer(new Layer.Dropout(0.1));
    private final Sublayer back = layer(new Layer.Dense(64, Activation.NONE));

    @Override
    public Tensor call(Tensor inputs, Mode mode) {
        Tensor found = back.call(drop.call(hidden.call(inputs, mode), mode), mode);
        return inputs.add(found).relu();
    }
}
