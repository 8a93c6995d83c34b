package org.gradienttape.column;

import java.util.List;
import java.util.OptionalDouble;
import org.gradienttape.error.InvalidInputException;

/**
 * A column of numbers as one feature: (number - shift) / divisor, computed in double precision and rounded to single.
 *
 * @param name of the column
 * @param scaling what shift and divisor stand for
 * @param shift finite
 * @param divisor finite and above 0
 * @param missing the number that takes the place of a missing one; empty if such a row cannot be encoded
 */
public record NumberEncoding(String name, NumberScaling scaling, double shift, double divisor, OptionalDouble missing)
        implements ColumnEncoding {
    public NumberEncoding {
        shift = positiveZero(shift);
        missing = missing.isPresent() ? OptionalDouble.of(positiveZero(missing.getAsDouble())) : missing;
        if (!Double.isFinite(shift)
                || !Double.isFinite(divisor)
                || divisor <= 0
                || !Double.isFinite(missing.orElse(0))) {
            throw new InvalidInputException("The column \"" + name
                    + "\" needs finite numbers and a divisor above 0, but they are (x - " + shift + ") / " + divisor
                    + (missing.isPresent() ? " and " + missing.getAsDouble() + " for a missing number" : "") + ".");
        }
    }

    @Override
    public Column.Kind kind() {
        return Column.Kind.NUMBER;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public List<String> featureNames() {
        return List.of(name);
    }

    /** The feature of a number that is not missing; not finite if single precision cannot hold it. */
    public float feature(final double number) {
        return (float) ((number - shift) / divisor);
    }

    /** The number that becomes this feature. */
    double number(final float feature) {
        return feature * divisor + shift;
    }

    /** -0.0 is not kept in files. */
    private static double positiveZero(final double number) {
        return number == 0 ? 0 : number;
    }
}
