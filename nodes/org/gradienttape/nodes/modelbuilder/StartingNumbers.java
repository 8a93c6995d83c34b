package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Initializer;
import org.knime.node.parameters.widget.choices.Label;

/** How weights start, as Keras calls it. The names of the constants stand in saved workflows. */
enum StartingNumbers {
    @Label(value = "Glorot uniform", description = "Uniform within sqrt(6 / (inputs + outputs)).")
    GLOROT_UNIFORM,
    @Label(value = "Glorot normal", description = "Normal, cut, with variance 2 / (inputs + outputs).")
    GLOROT_NORMAL,
    @Label(value = "He uniform", description = "Uniform within sqrt(6 / inputs); goes with ReLU.")
    HE_UNIFORM,
    @Label(value = "He normal", description = "Normal, cut, with variance 2 / inputs; goes with ReLU.")
    HE_NORMAL,
    @Label(value = "LeCun uniform", description = "Uniform within sqrt(3 / inputs).")
    LECUN_UNIFORM,
    @Label(value = "LeCun normal", description = "Normal, cut, with variance 1 / inputs.")
    LECUN_NORMAL,
    @Label(value = "Random uniform", description = "Uniform from -0.05 to 0.05.")
    RANDOM_UNIFORM,
    @Label(value = "Random normal", description = "Normal with standard deviation 0.05.")
    RANDOM_NORMAL,
    @Label(value = "Truncated normal", description = "The same, drawn anew beyond two standard deviations.")
    TRUNCATED_NORMAL,
    @Label(value = "Orthogonal", description = "Rows or columns at right angles to each other.")
    ORTHOGONAL,
    @Label(value = "Zeros", description = "All 0.")
    ZEROS,
    @Label(value = "Ones", description = "All 1.")
    ONES;

    Initializer toConfig() {
        return Initializer.valueOf(name());
    }
}
