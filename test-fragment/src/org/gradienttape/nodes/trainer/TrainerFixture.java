package org.gradienttape.nodes.trainer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.data.filestore.FileStore;

/** A Dense layer of two units, and two samples that it learns to tell apart. */
final class TrainerFixture {
    private TrainerFixture() {}

    static Network network() {
        return Network.of(Shape.of(2), List.of(new Layer.Dense(2, Activation.NONE)));
    }

    static ModelPortObject zeros() {
        final Map<String, float[]> weights = new LinkedHashMap<>();
        weights.put("dense/kernel", new float[4]);
        weights.put("dense/bias", new float[2]);
        return new ModelPortObject(new Model(network(), Weights.of(network(), weights), Provenance.of("Test")));
    }

    static ModelPortObject fresh(final long seed) {
        return new ModelPortObject(new Model(network(), Weights.initial(network(), seed), Provenance.of("Test")));
    }

    /** With weights of 0, and ends in probabilities. */
    static ModelPortObject softmax() {
        final Network network = Network.of(Shape.of(2), List.of(new Layer.Dense(2, Activation.SOFTMAX)));
        return new ModelPortObject(new Model(network, zeros().model().weights(), Provenance.of("Test")));
    }

    static DatasetInfo info(final String name, final int samples, final int numbers) {
        return info(name, samples, numbers, List.of("left", "right"));
    }

    static DatasetInfo info(final String name, final int samples, final int numbers, final List<String> classNames) {
        return new DatasetInfo(name, samples, Shape.of(numbers), ElementType.UINT8, Scaling.AS_STORED, classNames);
    }

    static DatasetInfo info(final String name, final int samples, final Scaling scaling) {
        return new DatasetInfo(name, samples, Shape.of(2), ElementType.UINT8, scaling, List.of("left", "right"));
    }

    /** Two samples: (1, 0) is left, (0, 1) is right. */
    static DatasetPortObject dots(final FileStores stores, final String name) throws IOException {
        return dots(stores, name, 2);
    }

    /** The two samples in turn. */
    static DatasetPortObject dots(final FileStores stores, final String name, final int samples) throws IOException {
        return dots(stores, info(name, samples, 2), 0, 1);
    }

    /**
     * The two samples in turn.
     *
     * @param left the label of (1, 0)
     * @param right the label of (0, 1)
     */
    static DatasetPortObject dots(final FileStores stores, final DatasetInfo info, final int left, final int right)
            throws IOException {
        return dots(stores, info, 1, left, right);
    }

    /** The two samples as pixels: 255 is white. */
    static DatasetPortObject white(final FileStores stores, final String name) throws IOException {
        return dots(stores, info(name, 2, 2), 255, 0, 1);
    }

    private static DatasetPortObject dots(
            final FileStores stores, final DatasetInfo info, final int white, final int left, final int right)
            throws IOException {
        final FileStore store = stores.create().create("dots");
        try (DatasetWriter writer = DatasetWriter.create(store.getFile().toPath(), info)) {
            for (int i = 0; i < info.samples(); i++) {
                writer.writeFeatures(
                        ByteBuffer.wrap(new byte[] {(byte) (white * (1 - i % 2)), (byte) (white * (i % 2))}));
                writer.writeLabels(i % 2 == 0 ? left : right);
            }
            return new DatasetPortObject(writer.finish(), store);
        }
    }
}
