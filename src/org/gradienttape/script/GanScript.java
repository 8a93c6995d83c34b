package org.gradienttape.script;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;

/**
 * Writes the module that trains a generator and a discriminator against each other: the guide's GAN step in one call.
 *
 * <p>Methods: {@code generate} is the generator as it is used later, {@code draw} as it works in training,
 * {@code train_discriminator} and {@code train_generator} are the two halves of {@code train_step}, which returns both
 * losses, shape [2], and the images that the discriminator saw, [batch, height, width, channels].
 *
 * @param generator from latent points to images, and how its weights change
 * @param discriminator from images to one logit, and how its weights change
 * @param scaling of the real images as they are stored
 */
public record GanScript(Player generator, Player discriminator, Scaling scaling) {
    /** Names of the generator's tensors begin with this. */
    public static final String GENERATOR = "generator_";
    /** Names of the discriminator's tensors begin with this. */
    public static final String DISCRIMINATOR = "discriminator_";

    private static final String CLASS = "AdversarialTraining";
    private static final LossCode LOSS = LossCode.of(new Loss.BinaryCrossentropy());

    /** One of the two networks. */
    public record Player(Network network, OptimizerConfig optimizer) {}

    /** The module, with the weights to start from. */
    public ScriptModule module(final Weights ofGenerator, final Weights ofDiscriminator) {
        final Side making = Side.of(GENERATOR, generator);
        final Side judging = Side.of(DISCRIMINATOR, discriminator);
        final List<ScriptTensor> tensors = new ArrayList<>(making.tensors(ofGenerator));
        tensors.addAll(judging.tensors(ofDiscriminator));
        final Methods methods = new Methods(CLASS);
        methods.add("generate", List.of("points: Tensor"), "Tensor", generate(making.network, Pass.Mode.INFERENCE));
        methods.add(
                "draw",
                Methods.tensors(with(making.network.masks(), "points")),
                "Tensor",
                generate(making.network, Pass.Mode.TRAINING_OTHER));
        methods.add(
                "train_discriminator",
                withRate(with(judging.network.masks(), "images", "labels")),
                "Tensor",
                trainDiscriminator(judging));
        methods.add(
                "train_generator",
                withRate(with(both(making, judging), "points")),
                "Tensor",
                trainGenerator(making, judging.network));
        methods.add("train_step", stepParameters(making, judging), "Tuple[Tensor, Tensor]", trainStep(making, judging));
        return new ScriptModule(CLASS, tensors, methods.toString());
    }

    private static String generate(final NetworkCode network, final Pass.Mode mode) {
        final Body body = new Body(with(network.masks(), "points").toArray(String[]::new));
        body.line("return " + network.forward(new Pass(body, mode), "points").output());
        return body.toString();
    }

    private static String trainDiscriminator(final Side side) {
        final Body body =
                new Body(with(side.network.masks(), "images", "labels", "rate").toArray(String[]::new));
        final Pass pass = new Pass(body, Pass.Mode.TRAINING);
        body.line("torch.set_grad_enabled(True)");
        final String logits = side.network.forward(pass, "images").output();
        final String loss = pass.total(
                LOSS.forward(pass, logits, new LossCode.Labels("labels", 1)).output());
        side.update().byAutograd(pass, loss);
        body.line("return torch.detach(" + loss + ")");
        return body.toString();
    }

    /** The discriminator works as in training, but its weights are not asked for gradients and do not change. */
    private static String trainGenerator(final Side side, final NetworkCode discriminator) {
        final Body body = new Body(Stream.concat(
                        Stream.of("points", "rate"),
                        Stream.concat(side.network.masks().stream(), discriminator.masks().stream()))
                .toArray(String[]::new));
        final Pass pass = new Pass(body, Pass.Mode.TRAINING);
        body.line("torch.set_grad_enabled(True)");
        final String images = side.network.forward(pass, "points").output();
        final String logits = discriminator
                .forward(new Pass(body, Pass.Mode.TRAINING_OTHER), images)
                .output();
        final String misleading = body.let("misleading", "torch.zeros_like(" + logits + ")");
        final String loss = pass.total(
                LOSS.forward(pass, logits, new LossCode.Labels(misleading, 1)).output());
        side.update().byAutograd(pass, loss);
        body.line("return torch.detach(" + loss + ")");
        return body.toString();
    }

    /** The arguments of a step; each pass through a network has its own masks. */
    private static List<String> stepParameters(final Side making, final Side judging) {
        return Methods.tensors(Stream.of(
                        Stream.of("indices", "features", "points", "more_points", "labels", "rates"),
                        making.network.masks().stream().map(mask -> "first_" + mask),
                        judging.network.masks().stream().map(mask -> "first_" + mask),
                        making.network.masks().stream(),
                        judging.network.masks().stream())
                .flatMap(names -> names)
                .toList());
    }

    private String trainStep(final Side making, final Side judging) {
        return """
                  real = %s
                  generated = self.draw(points%s)
                  images = torch.cat([generated, real])
                  discriminator_loss = self.train_discriminator(float(torch.select(rates, 0, 0)), images, labels%s)
                  generator_loss = self.train_generator(float(torch.select(rates, 0, 1)), more_points%s)
                  return (torch.stack([discriminator_loss, generator_loss]), generated)
                """.formatted(
                        PixelCode.scaled("torch.index_select(features, 0, indices)", scaling),
                        arguments("first_", making.network.masks()),
                        arguments("first_", judging.network.masks()),
                        arguments("", both(making, judging)));
    }

    private static String arguments(final String prefix, final List<String> masks) {
        return masks.stream().map(mask -> ", " + prefix + mask).collect(Collectors.joining());
    }

    private static List<String> both(final Side making, final Side judging) {
        return Stream.concat(making.network.masks().stream(), judging.network.masks().stream())
                .toList();
    }

    private static List<String> with(final List<String> masks, final String... first) {
        return Stream.concat(Stream.of(first), masks.stream()).toList();
    }

    private static List<String> withRate(final List<String> tensors) {
        return Stream.concat(Stream.of("rate: float"), Methods.tensors(tensors).stream())
                .toList();
    }

    /** A network with its optimizer, as code. */
    private record Side(NetworkCode network, OptimizerCode optimizer) {
        static Side of(final String prefix, final Player player) {
            return new Side(new NetworkCode(prefix, player.network()), OptimizerCode.of(player.optimizer(), prefix));
        }

        List<ScriptTensor> tensors(final Weights weights) {
            return OptimizerCode.withState(optimizer, network.tensors(weights));
        }

        WeightUpdate update() {
            return new WeightUpdate(network.trainable(), optimizer, GradientClipping.NONE);
        }
    }
}
