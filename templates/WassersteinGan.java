import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/**
 * Wasserstein GAN with gradient penalty (Gulrajani et al., 2017, arXiv:1704.00028): the discriminator is a critic, whose
 * output is any number, high for real images; its gradient by its input is held near the norm 1. Use Adam with
 * beta 1 = 0.5 and beta 2 = 0.9 for both networks.
 */
public class WassersteinGan implements CustomGanStep {
    private static final int CRITIC_STEPS = 3;
    private static final double PENALTY = 10;

    @Override
    public GanLosses trainStep(GanRun run, Tensor realImages) {
        Tensor dLoss = null;
        for (int i = 0; i < CRITIC_STEPS; i++) {
            dLoss = trainCritic(run, realImages);
        }
        var generator = run.generator();
        try (GradientTape tape = new GradientTape()) {
            Tensor images = generator.call(points(run, realImages), Mode.TRAINING);
            Tensor gLoss = run.discriminator().call(images, Mode.FROZEN).mean().neg();
            var gradients = tape.gradient(gLoss, generator.trainableWeights());
            run.generatorOptimizer().apply(gradients, generator.trainableWeights());
            return new GanLosses(dLoss, gLoss, images);
        }
    }

    private Tensor trainCritic(GanRun run, Tensor realImages) {
        var critic = run.discriminator();
        Tensor fakeImages = run.generator().call(points(run, realImages), Mode.FROZEN);
        try (GradientTape tape = new GradientTape()) {
            Tensor fake = critic.call(fakeImages, Mode.TRAINING).mean();
            Tensor real = critic.call(realImages, Mode.TRAINING).mean();
            Tensor penalty = gradientPenalty(run, realImages, fakeImages);
            Tensor loss = fake.sub(real).add(penalty.mul(PENALTY));
            var gradients = tape.gradient(loss, critic.trainableWeights());
            run.discriminatorOptimizer().apply(gradients, critic.trainableWeights());
            run.report("Wasserstein distance", real.sub(fake));
            run.report("Gradient penalty", penalty);
            return loss;
        }
    }

    /** How far the norm of the critic's gradient is from 1, on random points between real and generated images. */
    private Tensor gradientPenalty(GanRun run, Tensor realImages, Tensor fakeImages) {
        Tensor share = run.random().uniform(0, 1, realImages.size(0), 1, 1, 1);
        Tensor between = realImages.add(fakeImages.sub(realImages).mul(share));
        try (GradientTape tape = new GradientTape()) {
            Tensor predictions = run.discriminator().call(between, Mode.TRAINING);
            Tensor gradients = tape.gradient(predictions, between);
            Tensor norm = gradients.square().sum(1, 2, 3).add(1e-12).sqrt();
            return norm.sub(1).square().mean();
        }
    }

    private Tensor points(GanRun run, Tensor realImages) {
        return run.random().normal(realImages.size(0), run.latentDimension());
    }
}
