package org.gradienttape.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {
    private static final JsonFields.Source SOURCE = new JsonFields.Source("The file x", "correct it");

    enum Colour {
        RED,
        GREEN
    }

    sealed interface Kind {
        record Plain() implements Kind {}

        record Scaled(double factor) implements Kind {
            public Scaled {
                if (factor <= 0) {
                    throw new InvalidInputException("The factor must be above 0, but it is " + factor + ".");
                }
            }
        }
    }

    record Inner(int number, Optional<Kind> kind) {}

    record All(
            long size,
            double value,
            boolean flag,
            String text,
            Colour colour,
            Path path,
            List<Double> numbers,
            Set<Colour> colours,
            Map<String, Double> byName,
            Optional<Inner> inner,
            Kind kind) {}

    private static final All EXAMPLE = new All(
            1L << 60,
            0.1,
            true,
            "a \"b\" and half an emoji \ud83d",
            Colour.GREEN,
            Path.of("/a/b"),
            List.of(Double.NaN, Double.NEGATIVE_INFINITY, 1e300),
            Set.of(Colour.RED),
            Map.of("x", 2.0),
            Optional.of(new Inner(3, Optional.of(new Kind.Scaled(0.5)))),
            new Kind.Plain());

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(RecordJson.read(RecordJson.write(EXAMPLE), All.class, SOURCE))
                .isEqualTo(EXAMPLE);
    }

    @Test
    void whatIsMissingHasItsDefault() {
        final All read = RecordJson.read(
                bytes("{\"value\": 2, \"kind\": {\"type\": \"Scaled\", \"factor\": 3}}"), EXAMPLE, SOURCE);

        assertThat(read.value()).isEqualTo(2);
        assertThat(read.kind()).isEqualTo(new Kind.Scaled(3));
        assertThat(read.inner()).isEqualTo(EXAMPLE.inner());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"values\": 2}|the file has no field \"values\"",
                "{\"value\": true}|\"value\" cannot be true",
                "{\"size\": 1.5}|\"size\" cannot be 1.5",
                "{\"flag\": 1}|\"flag\" cannot be 1",
                "{\"text\": 1}|\"text\" cannot be 1",
                "{\"colour\": \"BLUE\"}|\"colour\" must be one of RED, GREEN, but it is BLUE",
                "{\"kind\": {}}|\"kind\" needs the field \"type\"",
                "{\"kind\": {\"type\": \"Other\"}}|\"kind\" must be one of Plain, Scaled, but it is Other",
                "{\"kind\": {\"type\": \"Scaled\"}}|\"kind\" needs the field \"factor\"",
                "{\"kind\": {\"type\": \"Scaled\", \"factor\": 0}}|The factor must be above 0, but it is 0.0",
                "{\"inner\": [{\"number\": 1}]}|\"inner\" needs the field \"kind\"",
                "{\"inner\": 5}|\"inner\" cannot be 5",
                "{\"text\": null}|\"text\" cannot be null",
                "{\"path\": \"a\\u0000b\"}|\"path\" cannot be \"a\\u0000b\"",
                "[]|the file cannot be []"
            })
    void whatDoesNotFitIsNamed(final String text, final String found) {
        assertThatThrownBy(() -> RecordJson.read(bytes(text), EXAMPLE, SOURCE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The file x")
                .hasMessageContaining(found);
    }
}
