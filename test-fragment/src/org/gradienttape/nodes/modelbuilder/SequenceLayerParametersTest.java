package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.nodes.modelbuilder.LayerParametersTest.layer;

import org.gradienttape.layer.Activation;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.SequenceLayer;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.WrapperLayer;
import org.junit.jupiter.api.Test;

/** What the dialog takes for layers of sequences. */
class SequenceLayerParametersTest {
    @Test
    void recurrentLayersTakeTheirNumbers() {
        final LayerParameters layer = layer(LayerType.LSTM);
        layer.recurrent.units = 5;
        layer.recurrent.activation = ActivationFunction.RELU;
        layer.recurrent.recurrentActivation = ActivationFunction.TANH;
        layer.recurrent.useBias = false;
        layer.recurrent.unitForgetBias = false;
        layer.recurrent.dropout = 0.1;
        layer.recurrent.recurrentDropout = 0.2;
        layer.recurrent.returnSequences = true;
        layer.recurrent.goBackwards = true;
        layer.recurrent.recurrentInitializer = StartingNumbers.GLOROT_NORMAL;

        final Initializer initializer = Initializer.GLOROT_NORMAL;
        assertThat(layer.toConfig())
                .isEqualTo(new RecurrentLayer.LSTM(
                        5,
                        Activation.RELU,
                        Activation.TANH,
                        false,
                        false,
                        0.1,
                        0.2,
                        true,
                        true,
                        initializer,
                        WeightSettings.DEFAULT));
        layer.type = LayerType.GRU;
        assertThat(layer.toConfig())
                .isEqualTo(new RecurrentLayer.GRU(
                        5,
                        Activation.RELU,
                        Activation.TANH,
                        false,
                        0.1,
                        0.2,
                        true,
                        true,
                        initializer,
                        WeightSettings.DEFAULT));
        layer.type = LayerType.SIMPLE_RNN;
        assertThat(layer.toConfig())
                .isEqualTo(new RecurrentLayer.SimpleRNN(
                        5, Activation.RELU, false, 0.1, 0.2, true, true, initializer, WeightSettings.DEFAULT));
    }

    @Test
    void layersOfWordsAndBothDirectionsTakeTheirNumbers() {
        final LayerParameters layer = layer(LayerType.EMBEDDING);
        layer.embedding.inputDimension = 7;
        layer.embedding.outputDimension = 3;
        layer.embedding.maskZero = true;
        layer.embedding.initializer = StartingNumbers.HE_NORMAL;
        layer.embedding.l1 = 0.1;
        layer.embedding.l2 = 0.2;
        layer.attention.heads = 4;
        layer.attention.keySize = 5;
        layer.attention.valueSize = 6;
        layer.attention.dropout = 0.3;
        layer.attention.useBias = false;
        layer.attention.causal = true;
        layer.maskValue = -1;
        layer.recurrent.wrapped = RecurrentParameters.Wrapped.GRU;
        layer.recurrent.mergeMode = RecurrentParameters.Merging.MUL;

        assertThat(layer.toConfig())
                .isEqualTo(new MaskingLayer.Embedding(7, 3, Initializer.HE_NORMAL, new Penalty(0.1, 0.2), true));
        layer.type = LayerType.MULTI_HEAD_ATTENTION;
        assertThat(layer.toConfig())
                .isEqualTo(new AttentionLayer.MultiHeadAttention(4, 5, 6, 0.3, false, true, WeightSettings.DEFAULT));
        layer.type = LayerType.MASKING;
        assertThat(layer.toConfig()).isEqualTo(new MaskingLayer.Masking(-1));
        layer.type = LayerType.GRU;
        final Layer gru = layer.toConfig();
        layer.type = LayerType.BIDIRECTIONAL;
        assertThat(layer.toConfig()).isEqualTo(new WrapperLayer.Bidirectional(gru, WrapperLayer.MergeMode.MUL));
    }

    @Test
    void layersOfSequencesTakeTheirNumbers() {
        final LayerParameters layer = layer(LayerType.CONV_1D);
        layer.sequence.filters = 8;
        layer.sequence.kernelSize = 5;
        layer.sequence.stride = 1;
        layer.sequence.padding = SequenceParameters.Ends.CAUSAL;
        layer.sequence.dilationRate = 3;
        layer.sequence.groups = 2;
        layer.sequence.activation = ActivationFunction.TANH;
        layer.sequence.useBias = false;
        layer.sequence.poolSize = 4;
        layer.sequence.poolStride = 3;

        assertThat(layer.toConfig())
                .isEqualTo(new SequenceLayer.Conv1D(
                        8, 5, 1, Padding.CAUSAL, 3, 2, Activation.TANH, false, WeightSettings.DEFAULT));
        layer.type = LayerType.CONV_1D_TRANSPOSE;
        layer.sequence.padding = SequenceParameters.Ends.SAME;
        assertThat(layer.toConfig())
                .isEqualTo(new SequenceLayer.Conv1DTranspose(
                        8, 5, 1, Padding.SAME, Activation.TANH, false, WeightSettings.DEFAULT));
        layer.type = LayerType.MAX_POOLING_1D;
        assertThat(layer.toConfig()).isEqualTo(new SequenceLayer.MaxPooling1D(4, 3, Padding.SAME));
        layer.type = LayerType.AVERAGE_POOLING_1D;
        assertThat(layer.toConfig()).isEqualTo(new SequenceLayer.AveragePooling1D(4, 3, Padding.SAME));
    }

    /** The switch is shown for those layers that TimeDistributed wraps, and counts for these alone. */
    @Test
    void aLayerIsCalledForEachStepWhereThatCanBe() {
        for (final LayerType type : LayerType.values()) {
            final LayerParameters layer = layer(type);
            if (type != LayerType.JAVA_CODE) {
                final Layer alone = layer.toConfig();
                final boolean isShown = type.shows(LayerType.Setting.FOR_EACH_STEP);
                layer.forEachStep = true;

                assertThat(layer.toConfig()).isEqualTo(isShown ? new WrapperLayer.TimeDistributed(alone) : alone);
                if (!isShown) {
                    assertThatThrownBy(() -> new WrapperLayer.TimeDistributed(alone))
                            .as("%s", type)
                            .hasMessageStartingWith("TimeDistributed wraps a layer that computes each step by itself");
                }
            }
        }
        assertThat(LayerType.JAVA_CODE.shows(LayerType.Setting.FOR_EACH_STEP)).isFalse();
    }
}
