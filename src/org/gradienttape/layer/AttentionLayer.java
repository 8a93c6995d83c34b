package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers in which each step of a sequence looks at the others. */
public sealed interface AttentionLayer extends Layer {
    /**
     * Attention of a sequence to itself, with several heads: Vaswani and others, 2017
     * (keras.io/api/layers/attention_layers/multi_head_attention).
     *
     * @param numHeads at least 1
     * @param keyDim numbers of a query and of a key in each head, at least 1
     * @param valueDim numbers of a value in each head, at least 1; Keras' default keyDim
     * @param dropout the part of the weights that is dropped while training; Keras' default 0
     * @param useBias whether biases are added; Keras' default true
     * @param useCausalMask whether a step sees those before it and itself alone; Keras' default false
     * @param settings of the weights; in Keras, query, key, value and output are layers with the same settings, so that the
     *     activity regularizer is that of all four
     */
    record MultiHeadAttention(
            int numHeads,
            int keyDim,
            int valueDim,
            double dropout,
            boolean useBias,
            boolean useCausalMask,
            WeightSettings settings)
            implements AttentionLayer {
        /** What a weight is before softmax that is to be 0, as in Keras. */
        private static final double NEVER = -1e9;

        public MultiHeadAttention {
            if (numHeads < 1 || keyDim < 1 || valueDim < 1) {
                throw new InvalidInputException("MultiHeadAttention needs at least 1 head, 1 number per key and 1 per"
                        + " value, but they are " + numHeads + ", " + keyDim + " and " + valueDim + ".");
            }
            NoiseLayer.checkRate("MultiHeadAttention", dropout);
        }

        @Override
        public MaskingLayer.Use useOfMask() {
            return MaskingLayer.Use.PASSED_ON;
        }

        @Override
        public Shape outputShape(final Shape input) {
            SequenceLayer.checkSequence(this, input);
            return input;
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            final int features = input.last();
            final List<WeightSpec> weights = new ArrayList<>();
            add(weights, "query", Shape.of(features, numHeads, keyDim), Shape.of(numHeads, keyDim));
            add(weights, "key", Shape.of(features, numHeads, keyDim), Shape.of(numHeads, keyDim));
            add(weights, "value", Shape.of(features, numHeads, valueDim), Shape.of(numHeads, valueDim));
            add(weights, "attention_output", Shape.of(numHeads, valueDim, features), Shape.of(features));
            return weights;
        }

        private void add(final List<WeightSpec> weights, final String part, final Shape kernel, final Shape bias) {
            weights.add(settings.kernel("kernel", kernel)
                    .ofProduct(kernel.rank() - bias.rank())
                    .under(part));
            if (useBias) {
                weights.add(WeightSpec.of("bias", settings.biasInitializer(), true, bias)
                        .under(part));
            }
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor query = heads(call, x, "query", keyDim).mul(1 / Math.sqrt(keyDim));
            final Tensor key = heads(call, x, "key", keyDim);
            final Tensor value = heads(call, x, "value", valueDim);
            final Tensor weights =
                    masked(call, x, query.matmul(key.permute(0, 1, 3, 2))).softmax(-1);
            final Tensor kept = dropout > 0 && call.isTraining()
                    ? weights.mul(NoiseLayer.kept(call, dropout, weights.shape()))
                    : weights;
            final long width = (long) numHeads * valueDim;
            final Tensor joined = kept.matmul(value).permute(0, 2, 1, 3).reshape(-1, width);
            final Tensor product =
                    joined.matmul(call.weight("attention_output/kernel").reshape(width, x.size(2)));
            return (useBias ? product.add(call.weight("attention_output/bias")) : product).reshape(x.shape());
        }

        /** [batch, heads, steps, size]. */
        private Tensor heads(final LayerCall call, final Tensor x, final String part, final int size) {
            final Tensor kernel = call.weight(part + "/kernel").reshape(x.size(2), (long) numHeads * size);
            final Tensor product = x.reshape(-1, x.size(2)).matmul(kernel);
            final Tensor rows =
                    useBias ? product.add(call.weight(part + "/bias").reshape(-1)) : product;
            final Tensor output = rows.reshape(x.size(0), x.size(1), numHeads, size);
            settings.activityRegularizer().addOfOutput(call, output);
            return output.permute(0, 2, 1, 3);
        }

        /** [batch, heads, steps that look, steps that are looked at]. */
        private Tensor masked(final LayerCall call, final Tensor x, final Tensor products) {
            final long steps = x.size(1);
            Tensor seen = useCausalMask ? causal(call, steps) : null;
            if (call.mask(x).isPresent()) {
                final Tensor mask = call.mask(x).get();
                final Tensor both = mask.reshape(-1, 1, steps, 1).mul(mask.reshape(-1, 1, 1, steps));
                seen = seen == null ? both : seen.mul(both);
            }
            return seen == null
                    ? products
                    : products.where(seen.gt(0.5), call.machine().full(NEVER));
        }

        /** 1 for what is not later, [steps, steps]: rows of ones and zeros, each cut one place later than the one before. */
        private static Tensor causal(final LayerCall call, final long steps) {
            return call.machine()
                    .full(1, steps, steps)
                    .pad(0, 0, 0, 0, steps)
                    .reshape(-1)
                    .slice(0, 0, steps * (2 * steps - 1))
                    .reshape(steps, 2 * steps - 1)
                    .slice(1, 0, steps)
                    .transpose();
        }
    }
}
