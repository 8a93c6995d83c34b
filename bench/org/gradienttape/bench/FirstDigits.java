package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;

/** The first of the 60,000 MNIST training images, pixels from 0 to 1. */
final class FirstDigits {
    private static final int ALL = 60_000;

    private FirstDigits() {}

    static Dataset read(final Path folder, final SampleShape shape, final int digits) throws IOException {
        return DatasetReader.read(
                        new ReadRequest(
                                new NamedSource(NamedDataset.MNIST, Optional.empty()),
                                new ReadRequest.Form(Scaling.DIVIDE_BY_255, shape),
                                new ReadRequest.Split(new HeldOut.LastSamples(ALL - digits), false, 0)),
                        folder.resolve("training"),
                        folder.resolve("rest"),
                        fraction -> true)
                .training();
    }
}
