package org.gradienttape.bench.peers;

/**
 * What is trained: two hidden Dense layers with ReLU, and ten logits.
 *
 * @param units of each hidden layer
 * @param batch how many digits a step takes
 */
record Classifier(int units, int batch) {
    /**
     * Of the benchmark's name for it.
     *
     * @param job mlp or mlp-wide
     */
    static Classifier of(final String job) {
        return switch (job) {
            case "mlp" -> new Classifier(64, 64);
            case "mlp-wide" -> new Classifier(1024, 256);
            default -> throw new IllegalArgumentException("no classifier is called " + job);
        };
    }
}
