package org.gradienttape.icons;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The PNG files in icons/, which KNIME shows, are drawn from the SVG files in icons/svg. */
class IconsTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final Path ICONS = ROOT.resolve("icons");
    private static final Path MADE = ROOT.resolve("test-fragment/target/generated/icons");

    /** The width and height at which KNIME shows icons. */
    private static final int SIZE = 16;

    /** Newer versions of Java round the coverage of a pixel another way: 17 and 25 differ by two levels in one icon. */
    private static final int ROUNDING = 2;

    /** Ink, paper, and the colours of the ports in plugin.xml: orange for models, teal for datasets. */
    private static final Set<String> COLOURS = Set.of("#22303c", "#ffffff", "#f06a1e", "#12969f");

    private static final Pattern COLOUR = Pattern.compile("#\\w+");

    static List<SvgIcon> icons() throws IOException {
        try (Stream<Path> files = Files.list(ICONS.resolve("svg"))) {
            return files.sorted().map(SvgIcon::new).toList();
        }
    }

    @BeforeAll
    static void drawTheIcons() throws IOException {
        Files.createDirectories(MADE);
        for (final SvgIcon icon : icons()) {
            ImageIO.write(
                    icon.draw(SIZE), "png", MADE.resolve(icon.name() + ".png").toFile());
        }
    }

    @ParameterizedTest
    @MethodSource("icons")
    void thePngIsWhatTheSvgGives(final SvgIcon icon) throws IOException {
        final BufferedImage committed =
                ImageIO.read(ICONS.resolve(icon.name() + ".png").toFile());

        assertThat(committed.getWidth()).isEqualTo(SIZE);
        assertThat(committed.getHeight()).isEqualTo(SIZE);
        final int[] expected = pixels(icon.draw(SIZE));
        final int[] actual = pixels(committed);
        assertThat(IntStream.range(0, expected.length))
                .as("icons/" + icon.name() + ".png; ./gradienttape generate draws it again")
                .allSatisfy(pixel ->
                        assertThat(distance(actual[pixel], expected[pixel])).isLessThanOrEqualTo(ROUNDING));
    }

    /** By how many of 255 levels two colours differ, in alpha, red, green or blue. */
    private static int distance(final int one, final int other) {
        return IntStream.of(24, 16, 8, 0)
                .map(shift -> Math.abs((one >>> shift & 255) - (other >>> shift & 255)))
                .max()
                .orElseThrow();
    }

    @Test
    void everyPngHasItsSvg() throws IOException {
        try (Stream<Path> files = Files.list(ICONS)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            icons().stream().map(icon -> icon.name() + ".png").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("icons")
    void oneFamilyHasOneGridAndOneSetOfColours(final SvgIcon icon) throws IOException {
        final String source = Files.readString(icon.file());

        assertThat(source).contains("viewBox=\"0 0 16 16\"");
        assertThat(COLOUR.matcher(source).results().map(MatchResult::group).collect(Collectors.toSet()))
                .isSubsetOf(COLOURS);
    }

    /** At least a tenth of the pixels differ, as KNIME shows them. */
    @Test
    void noTwoIconsLookAlike() throws IOException {
        final List<SvgIcon> icons = icons();
        for (final SvgIcon one : icons) {
            for (final SvgIcon other : icons.subList(icons.indexOf(one) + 1, icons.size())) {
                assertThat(differences(one, other))
                        .as(one.name() + " and " + other.name())
                        .isGreaterThan(SIZE * SIZE / 10);
            }
        }
    }

    private static long differences(final SvgIcon one, final SvgIcon other) throws IOException {
        final int[] first = pixels(one.draw(SIZE));
        final int[] second = pixels(other.draw(SIZE));
        return IntStream.range(0, first.length)
                .filter(pixel -> first[pixel] != second[pixel])
                .count();
    }

    /** The colours with their transparency, row by row; the colour of what is fully transparent does not count. */
    private static int[] pixels(final BufferedImage image) {
        final int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).map(pixel -> pixel >>> 24 == 0 ? 0 : pixel).toArray();
    }
}
