package org.gradienttape.nodes;

/** The numbers of all optimizers, as a dialog holds them; those of the chosen one count. */
public record OptimizerNumbers(
        SgdParameters sgd,
        AdamParameters adam,
        AdamWParameters adamW,
        RmsPropParameters rmsProp,
        AdagradParameters adagrad) {
    /** What a dialog shows or hides together. */
    public enum Group {
        SGD,
        /** Of all that keep a mean and a mean square of the gradients. */
        ADAM,
        /** What AdamW has beyond Adam. */
        ADAMW,
        RMSPROP,
        ADAGRAD
    }
}
