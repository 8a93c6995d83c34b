package org.gradienttape.script;

import org.gradienttape.data.Scaling;

/** How stored numbers become those that a network sees. */
final class PixelCode {
    private PixelCode() {}

    /**
     * @param stored an expression for samples as they are stored
     * @return an expression for the same as float32, scaled
     */
    static String scaled(final String stored, final Scaling scaling) {
        String numbers = "torch.to(" + stored + ", 6)";
        if (scaling.divisor() != 1) {
            numbers = "torch.div(" + numbers + ", " + Body.number(scaling.divisor()) + ")";
        }
        if (scaling.shift() != 0) {
            numbers = "torch.add(" + numbers + ", " + Body.number(scaling.shift()) + ")";
        }
        return numbers;
    }
}
