package org.gradienttape.host.table;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** Tables and images for the tests. */
public final class TestTables {
    private TestTables() {}

    /** A context that is never asked for file stores. */
    static ExecutionContext context() {
        return new HostExecutionContext(Progress.unwatched(), new FileStores().create());
    }

    public static BufferedDataTable of(final DataTableSpec spec, final DataRow... rows) {
        final BufferedDataContainer container = context().createDataContainer(spec);
        List.of(rows).forEach(container::addRowToTable);
        container.close();
        return container.getTable();
    }

    /** A black image. */
    public static PNGImageContent image(final int width, final int height) {
        return png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY));
    }

    /** An image of noise, which PNG makes no smaller. */
    static PNGImageContent image(final int width, final int height, final Random random) {
        final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, random.ints((long) width * height).toArray(), 0, width);
        return png(image);
    }

    private static PNGImageContent png(final BufferedImage image) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PNGImageContent(bytes.toByteArray());
    }
}
