package org.gradienttape.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.data.array.NamedDataset;

/**
 * What a peer is to train.
 *
 * @param job mlp, mlp-wide, gan, lstm, residual or fashion
 * @param threads that it may compute with
 * @param files the folder of the images' IDX files and, behind it, what else the job needs
 */
record PeerTask(String job, int threads, List<Path> files) {
    static PeerTask onDigits(final String job, final int threads) {
        return on(NamedDataset.MNIST, job, threads);
    }

    static PeerTask on(final NamedDataset images, final String job, final int threads) {
        return new PeerTask(job, threads, List.of(images.folder(Optional.empty())));
    }

    /** With one file more. */
    PeerTask with(final Path file) {
        final List<Path> more = new ArrayList<>(files);
        more.add(file);
        return new PeerTask(job, threads, List.copyOf(more));
    }

    /** What stands behind the program's name. */
    List<String> arguments() {
        return Stream.concat(
                        Stream.of(job, Integer.toString(threads)),
                        files.stream().map(Path::toString))
                .toList();
    }
}
