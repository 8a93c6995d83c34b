package org.gradienttape.icons;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** One icon as an SVG file, and how it is drawn. */
record SvgIcon(Path file) {
    private static final SVGLoader LOADER = new SVGLoader();

    /** The name of the file without its ending. */
    String name() {
        return file.getFileName().toString().replace(".svg", "");
    }

    BufferedImage draw(final int size) throws IOException {
        final SVGDocument picture = LOADER.load(file.toUri().toURL());
        if (picture == null) {
            throw new IOException(file + " is not SVG.");
        }
        final BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        final Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        picture.renderWithPlatform(NullPlatformSupport.INSTANCE, graphics, new ViewBox(size, size));
        graphics.dispose();
        return image;
    }
}
