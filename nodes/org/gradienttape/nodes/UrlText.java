package org.gradienttape.nodes;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as a person writes it: codes such as %20 stand for their characters, and every other character for itself, also
 * those that a URL should not hold, such as spaces, # and umlauts.
 *
 * @param scheme in lower case
 * @param host empty if there is none
 * @param path with its leading slash; empty if nothing follows the host
 */
record UrlText(String scheme, String host, String path) {
    private static final Pattern PARTS = Pattern.compile("([^:]+):(?://([^/]*))?(.*)", Pattern.DOTALL);
    private static final Pattern CODES = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
    private static final Pattern DRIVE = Pattern.compile("/[A-Za-z]:.*", Pattern.DOTALL);

    /** @throws CharacterCodingException if codes do not stand for characters in UTF-8 */
    static UrlText parse(final String text) throws CharacterCodingException {
        final Matcher parts = PARTS.matcher(text.replace('\\', '/'));
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        final String host = parts.group(2) == null ? "" : parts.group(2);
        return new UrlText(parts.group(1).toLowerCase(Locale.ROOT), decoded(host), decoded(parts.group(3)));
    }

    /** The same with a code for every character that a URL should not hold. */
    String encoded() {
        try {
            return new URI(scheme, host, path, null, null).toASCIIString();
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The path that a URL of a file leads to; empty if it is on another machine.
     *
     * @param windows whether the system is Windows, which finds files of other machines
     */
    Optional<String> file(final boolean windows) {
        if (!host.isEmpty() && !host.equalsIgnoreCase("localhost")) {
            return windows ? Optional.of("//" + host + path) : Optional.empty();
        }
        return Optional.of(DRIVE.matcher(path).matches() ? path.substring(1) : path);
    }

    private static String decoded(final String text) throws CharacterCodingException {
        final StringBuilder decoded = new StringBuilder();
        final Matcher codes = CODES.matcher(text);
        while (codes.find()) {
            final byte[] bytes = HexFormat.of().parseHex(codes.group().replace("%", ""));
            codes.appendReplacement(
                    decoded,
                    Matcher.quoteReplacement(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()));
        }
        return codes.appendTail(decoded).toString();
    }
}
