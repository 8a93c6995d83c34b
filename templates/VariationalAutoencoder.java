import java.util.*;
import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/**
 * A variational autoencoder (Kingma and Welling, 2013, arXiv:1312.6114) instead of a GAN. The discriminator's place is taken by
 * an encoder, which ends in a Sampling layer and makes a point of an image; the generator is the decoder, which makes an image of
 * a point again. Both learn by one optimizer, the generator's. Pixels from 0 to 1; the decoder ends in a sigmoid.
 */
public class VariationalAutoencoder implements CustomGanStep {
    private static final double EPSILON = 1e-7;

    @Override
    public GanLosses trainStep(GanRun run, Tensor realImages) {
        List<Variable> weights = new ArrayList<>(run.discriminator().trainableWeights());
        weights.addAll(run.generator().trainableWeights());
        try (GradientTape tape = new GradientTape()) {
            GanLosses losses = losses(run, realImages, Mode.TRAINING);
            Tensor loss = losses.discriminator().add(losses.generator());
            run.generatorOptimizer().apply(tape.gradient(loss, weights), weights);
            run.report("Loss", loss);
            return losses;
        }
    }

    @Override
    public GanLosses testStep(GanRun run, Tensor realImages) {
        return losses(run, realImages, Mode.INFERENCE);
    }

    /** The distance that the Sampling layer adds, and how far the images are from what went in. */
    private GanLosses losses(GanRun run, Tensor realImages, Mode mode) {
        Tensor points = run.discriminator().call(realImages, mode); // [batch, latent dimension]
        Tensor distance = run.discriminator().losses();
        Tensor images = run.generator().call(points, mode);
        return new GanLosses(distance, crossentropy(realImages, images), images);
    }

    /** Binary cross-entropy in nats, summed over the pixels, the mean over the images. */
    private Tensor crossentropy(Tensor x, Tensor images) {
        Tensor p = images.clip(EPSILON, 1 - EPSILON);
        Tensor right = x.mul(p.log()).add(x.neg().add(1).mul(p.neg().add(1).log()));
        return right.sum(1, 2, 3).mean().neg();
    }
}
