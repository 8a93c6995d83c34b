import org.gradienttape.layer.*;
import org.gradienttape.step.*;
import org.gradienttape.tensor.*;

/** The guide's step: the discriminator learns to tell generated images from real ones, then the generator to fool it. */
public class StandardGanStep implements CustomGanStep {
    @Override
    public GanLosses trainStep(GanRun run, Tensor realImages) {
        var generator = run.generator();
        var discriminator = run.discriminator();
        long batchSize = realImages.size(0);

        // Sample random points in the latent space, and decode them to fake images
        Tensor points = run.random().normal(batchSize, run.latentDimension());
        Tensor generatedImages = generator.call(points, Mode.FROZEN);

        // Combine them with real images, and assemble labels that tell them apart, with some noise
        Tensor combinedImages = run.concat(0, generatedImages, realImages);
        Tensor labels = run.concat(0, run.ones(batchSize, 1), run.zeros(batchSize, 1));
        labels = labels.add(run.random().uniform(0, run.labelNoise(), 2 * batchSize, 1));

        // Train the discriminator
        Tensor dLoss, gLoss;
        try (GradientTape tape = new GradientTape()) {
            Tensor predictions = discriminator.call(combinedImages, Mode.TRAINING);
            dLoss = run.loss().call(labels, predictions).add(discriminator.losses());
            var gradients = tape.gradient(dLoss, discriminator.trainableWeights());
            run.discriminatorOptimizer().apply(gradients, discriminator.trainableWeights());
        }

        // Sample again, and assemble labels that say "all real images"
        points = run.random().normal(batchSize, run.latentDimension());
        Tensor misleadingLabels = run.zeros(batchSize, 1);

        // Train the generator; the discriminator stays as it is
        try (GradientTape tape = new GradientTape()) {
            Tensor images = generator.call(points, Mode.TRAINING);
            Tensor predictions = discriminator.call(images, Mode.FROZEN);
            gLoss = run.loss().call(misleadingLabels, predictions).add(generator.losses());
            var gradients = tape.gradient(gLoss, generator.trainableWeights());
            run.generatorOptimizer().apply(gradients, generator.trainableWeights());
        }
        return new GanLosses(dLoss, gLoss, generatedImages);
    }
}
