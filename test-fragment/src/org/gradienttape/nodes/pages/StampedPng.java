package org.gradienttape.nodes.pages;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** PNG files that tell what they are pictures of: a chunk of text has the SHA-256 of their source. */
final class StampedPng {
    private static final String FORMAT = "javax_imageio_png_1.0";
    private static final String KEYWORD = "Source";

    private StampedPng() {}

    /** A file of a picture that was drawn from a source. */
    static byte[] of(final BufferedImage picture, final String source) throws IOException {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            final IIOMetadata metadata = writer.getDefaultImageMetadata(
                    ImageTypeSpecifier.createFromRenderedImage(picture), writer.getDefaultWriteParam());
            final IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
            entry.setAttribute("keyword", KEYWORD);
            entry.setAttribute("value", digest(source));
            final IIOMetadataNode texts = new IIOMetadataNode("tEXt");
            texts.appendChild(entry);
            final IIOMetadataNode root = new IIOMetadataNode(FORMAT);
            root.appendChild(texts);
            metadata.mergeTree(FORMAT, root);
            writer.setOutput(out);
            writer.write(new IIOImage(picture, null, metadata));
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** Whether a file was drawn from this source. */
    static boolean isOf(final Path file, final String source) throws IOException {
        final ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            final Element root = (Element) reader.getImageMetadata(0).getAsTree(FORMAT);
            final NodeList entries = root.getElementsByTagName("tEXtEntry");
            return entries.getLength() == 1
                    && ((Element) entries.item(0)).getAttribute("value").equals(digest(source));
        } finally {
            reader.dispose();
        }
    }

    private static String digest(final String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }
}
