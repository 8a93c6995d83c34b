package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.gan.GanConfig.KeptImages;
import org.gradienttape.gan.GeneratedImage;
import org.gradienttape.gan.GeneratedImage.Noise;
import org.gradienttape.image.SampleImage;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** The images of a run, one row per step: Epoch, Step, Image, and if wanted those of the fixed noise in a grid. */
public final class GeneratedImagesTable {
    private GeneratedImagesTable() {}

    public static DataTableSpec spec(final KeptImages kept) {
        final Columns columns =
                new Columns().integer(LogColumns.EPOCH).integer(LogColumns.STEP).image("Image");
        return (kept.fixed() > 0 ? columns.image("Fixed noise") : columns).spec();
    }

    public static BufferedDataTable write(
            final List<GeneratedImage> made, final KeptImages kept, final ExecutionContext exec) {
        final Rows rows = new Rows(spec(kept), exec);
        final List<GeneratedImage> fixed = new ArrayList<>();
        for (final GeneratedImage image : made) {
            if (image.noise() == Noise.FIXED) {
                fixed.add(image);
            } else {
                rows.integer(image.epoch()).integer(image.step()).image(SampleImage.png(image.shape(), image.pixels()));
            }
            if (fixed.size() == kept.fixed()) {
                if (!fixed.isEmpty()) {
                    rows.image(grid(fixed));
                }
                fixed.clear();
                rows.endRow();
            }
        }
        return rows.close();
    }

    private static byte[] grid(final List<GeneratedImage> images) {
        return SampleImage.grid(
                images.get(0).shape(),
                images.stream().map(GeneratedImage::pixels).toList());
    }
}
