package org.gradienttape.script;

import java.util.List;
import java.util.stream.Collectors;
import org.gradienttape.optimizer.GradientClipping;

/** Writes how gradients are kept small; {@link GradientClipping} has the formulas. */
final class ClippingCode {
    private final Pass pass;
    private final String limit;

    private ClippingCode(final Pass pass, final double limit) {
        this.pass = pass;
        this.limit = Body.number(limit);
    }

    /** Puts clipped gradients in the place of those that the pass holds. */
    static void write(final GradientClipping clipping, final Pass pass) {
        final ClippingCode code = new ClippingCode(pass, clipping.limit());
        switch (clipping.kind()) {
            case NONE -> {}
            case VALUE ->
                code.each(gradient -> "torch.clamp(" + gradient + ", -" + code.limit + ", " + code.limit + ")");
            case NORM ->
                code.each(gradient -> "torch.mul(" + gradient + ", " + code.scale(squaredNorm(gradient)) + ")");
            case GLOBAL_NORM -> code.byGlobalNorm();
        }
    }

    /** What happens to one gradient, as an expression. */
    @FunctionalInterface
    private interface Clip {
        String of(String gradient);
    }

    private void each(final Clip clip) {
        List.copyOf(pass.gradients().entrySet())
                .forEach(gradient -> pass.gradient(gradient.getKey(), clip.of(gradient.getValue())));
    }

    private void byGlobalNorm() {
        final String squares = pass.gradients().values().stream()
                .map(ClippingCode::squaredNorm)
                .collect(Collectors.joining(", ", "torch.sum(torch.stack([", "]))"));
        final String scale = scale(squares);
        each(gradient -> "torch.mul(" + gradient + ", " + scale + ")");
    }

    /** limit / max(norm, limit); NaN where the norm is no finite number, so that the loss shows it. */
    private String scale(final String squaredNorm) {
        final String norm = pass.let("norm", "torch.sqrt(" + squaredNorm + ")");
        return pass.let(
                "scale",
                "torch.add(torch.mul(torch.reciprocal(torch.clamp(" + norm + ", " + limit + ")), " + limit
                        + "), torch.sub(" + norm + ", " + norm + "))");
    }

    private static String squaredNorm(final String gradient) {
        return "torch.sum(torch.square(" + gradient + "))";
    }
}
