package org.gradienttape.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingTest {
    private static final UUID KEY = new UUID(1, 2);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static <T> List<T> run(final int size, final Function<Ring, T> work) throws Exception {
        final List<Ring.Place> places = new ArrayList<>();
        final List<String> addresses = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            places.add(Ring.Place.open("127.0.0.1"));
            addresses.add(places.get(rank).address());
        }
        final List<Callable<T>> all = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            final int own = rank;
            all.add(() -> {
                try (Ring ring = places.get(own).join(own, addresses, KEY, LIMIT)) {
                    return work.apply(ring);
                }
            });
        }
        return WorkerThreads.together(all);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "2, 2", "2, 1400001", "3, 2", "3, 700001", "4, 3", "4, 4", "4, 600003", "7, 11"})
    void sumsAreRightAndTheSameBitsEverywhere(final int size, final int count) throws Exception {
        final List<float[]> sums = run(size, ring -> {
            final float[] numbers = numbers(ring.rank(), count);
            ring.sum(numbers);
            return numbers;
        });

        final double[] expected = new double[count];
        for (int rank = 0; rank < size; rank++) {
            final float[] numbers = numbers(rank, count);
            for (int i = 0; i < count; i++) {
                expected[i] += numbers[i];
            }
        }
        for (final float[] sum : sums) {
            assertThat(sum).isEqualTo(sums.get(0));
        }
        for (int i = 0; i < count; i++) {
            assertThat(sums.get(0)[i]).isCloseTo((float) expected[i], org.assertj.core.data.Offset.offset(1e-5f));
        }
    }

    private static float[] numbers(final int rank, final int count) {
        final Random random = new Random(rank);
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    @Test
    void aWorkerThatGoesEndsTheOthersAtOnce() {
        assertThatThrownBy(() -> run(3, ring -> {
                    if (ring.rank() != 1) {
                        ring.sum(new float[100_000]);
                    }
                    return true;
                }))
                .isInstanceOf(LostWorkerException.class)
                .hasMessageContaining("lost another one");
    }

    @Test
    void aWorkerThatStaysSilentEndsTheOthersInTime() throws Exception {
        final Ring.Place own = Ring.Place.open("127.0.0.1");
        final Ring.Place other = Ring.Place.open("127.0.0.1");
        final List<String> addresses = List.of(own.address(), other.address());

        assertThatThrownBy(() -> WorkerThreads.together(List.<Callable<Ring>>of(
                        () -> {
                            try (Ring ring = own.join(0, addresses, KEY, Duration.ofMillis(500))) {
                                ring.sum(new float[10]);
                                return ring;
                            }
                        },
                        () -> other.join(1, addresses, KEY, Duration.ofMillis(500)))))
                .isInstanceOf(LostWorkerException.class)
                .hasMessage("Worker 0 of 2 lost another one: it has not answered for 0 seconds.");
    }

    @Test
    void aWorkerThatDoesNotComeEndsTheOthersInTime() throws Exception {
        final Ring.Place own = Ring.Place.open("127.0.0.1");
        final Ring.Place other = Ring.Place.open("127.0.0.1");

        assertThatThrownBy(() -> own.join(0, List.of(own.address(), other.address()), KEY, Duration.ofMillis(300)))
                .isInstanceOf(LostWorkerException.class)
                .hasMessageStartingWith("Worker 0 of 2 could not be connected with the others");
    }

    @Test
    void whoeverDoesNotKnowTheKeyIsNotListenedTo() throws Exception {
        final Ring.Place own = Ring.Place.open("127.0.0.1");
        final Ring.Place other = Ring.Place.open("127.0.0.1");
        final List<String> addresses = List.of(own.address(), other.address());
        final String address = own.address();
        try (Socket stranger = new Socket("127.0.0.1", Integer.parseInt(address.substring(address.indexOf(':') + 1)))) {
            stranger.getOutputStream().write(new byte[100]);

            final List<Float> sums =
                    WorkerThreads.together(List.of(() -> sum(own, 0, addresses), () -> sum(other, 1, addresses)));

            assertThat(sums).containsExactly(2f, 2f);
        }
    }

    private static float sum(final Ring.Place place, final int rank, final List<String> addresses) {
        try (Ring ring = place.join(rank, addresses, KEY, LIMIT)) {
            final float[] one = {1};
            ring.sum(one);
            return one[0];
        }
    }

    /** As the kernel of Linux tells, whose files have the address in hexadecimal, in the order of the machine's bytes. */
    @Test
    void onlyTheGivenAddressIsListenedOn() throws IOException {
        try (Ring.Place place = Ring.Place.open("127.0.0.1")) {
            final String port =
                    String.format(":%04X", Integer.parseInt(place.address().split(":")[1]));

            final List<String> listening = Stream.of("tcp", "tcp6")
                    .flatMap(RingTest::sockets)
                    .filter(local -> local.endsWith(port))
                    .toList();

            assertThat(listening).hasSize(1).first().asString().contains("0100007F:");
        }
    }

    /** The name of .invalid, which nobody can have (RFC 2606). */
    @Test
    void aNameWithoutAnAddressIsSaid() {
        assertThatThrownBy(() -> Ring.Place.open("nowhere.invalid"))
                .isInstanceOf(IOException.class)
                .hasMessage("this machine knows no address of the name nowhere.invalid");
    }

    private static Stream<String> sockets(final String kind) {
        try {
            return Files.readAllLines(Path.of("/proc/self/net", kind)).stream()
                    .map(line -> line.trim().split("\\s+")[1]);
        } catch (final IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
