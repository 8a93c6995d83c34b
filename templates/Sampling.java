import org.gradienttape.layer.*;
import org.gradienttape.tensor.*;

/**
 * The middle of a variational autoencoder (Kingma and Welling, 2013, arXiv:1312.6114). Half of its inputs are means, the other
 * half logarithms of variances; it draws a point from that normal distribution, and adds the distance of the distribution from
 * the standard one to the loss.
 */
public class Sampling extends CustomLayer {
    @Override
    public Tensor call(Tensor inputs, Mode mode) {
        int dimension = (int) inputs.size(1) / 2;
        Tensor mean = inputs.slice(1, 0, dimension); // [batch, dimension]
        Tensor logVariance = inputs.slice(1, dimension, 2 * dimension);
        Tensor distance = logVariance.exp().add(mean.square()).sub(logVariance).sub(1);
        addLoss(distance.sum(1).mean().mul(0.5)); // Kullback-Leibler, in nats
        Tensor noise = random().normal(inputs.size(0), dimension);
        return mean.add(logVariance.mul(0.5).exp().mul(noise));
    }
}
