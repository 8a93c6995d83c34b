package org.gradienttape.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.gradienttape.error.InvalidInputException;

/** Many images in one: a grid, filled row by row, on white, each in the middle of its cell. */
final class ContactSheet {
    /** Between two images and around them, in pixels. */
    static final int GAP = 2;

    private static final long MOST_PIXELS = 100_000_000;

    private final Grid grid;
    private final BufferedImage sheet;
    private int images;

    /**
     * The cells of a sheet.
     *
     * @param columns at least 1
     * @param rows at least 1
     * @param width of a cell in pixels, at least 1
     * @param height of a cell in pixels, at least 1
     */
    record Grid(int columns, int rows, int width, int height) {
        Grid {
            final long pixels = side(columns, width) * side(rows, height);
            if (pixels > MOST_PIXELS) {
                throw new InvalidInputException("A contact sheet may have " + MOST_PIXELS + " pixels, but "
                        + columns + " x " + rows + " images of up to " + width + " x " + height + " pixels have "
                        + pixels + "; switch it off or pass on fewer rows.");
            }
        }

        /**
         * As many rows as it takes; not more columns than images.
         *
         * @param images at least 1
         * @param perRow at least 1
         */
        static Grid of(final int images, final int perRow, final int width, final int height) {
            final int columns = Math.min(images, perRow);
            return new Grid(columns, (images + columns - 1) / columns, width, height);
        }

        private static long side(final int cells, final int size) {
            return (long) cells * (size + GAP) + GAP;
        }
    }

    ContactSheet(final Grid grid) {
        this.grid = grid;
        sheet = new BufferedImage(
                (int) Grid.side(grid.columns(), grid.width()),
                (int) Grid.side(grid.rows(), grid.height()),
                BufferedImage.TYPE_INT_RGB);
        final Graphics2D g = sheet.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.dispose();
    }

    /**
     * Draws an image into the next cell.
     *
     * @param image not larger than a cell
     */
    void add(final BufferedImage image) {
        final int x = GAP + images % grid.columns() * (grid.width() + GAP) + (grid.width() - image.getWidth()) / 2;
        final int y = GAP + images / grid.columns() * (grid.height() + GAP) + (grid.height() - image.getHeight()) / 2;
        final Graphics2D g = sheet.createGraphics();
        g.drawImage(image, x, y, null);
        g.dispose();
        images++;
    }

    /** The sheet as a PNG file. */
    byte[] png() {
        return ImageFormat.png(sheet);
    }
}
