package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gradienttape.file.JavaProcess;
import org.junit.jupiter.api.Test;

class TorchEngineTest {
    /** In a process of its own, since only the first use in a process shows it. */
    @Test
    void startsUnderAForeignClassLoaderAndAsksNoNetwork() throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(JavaProcess.command(List.of(), FirstUse.class))
                .redirectErrorStream(true)
                .start();

        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void eachThreadKeepsItsOwnNumberOfThreads() throws Exception {
        final CyclicBarrier bothSet = new CyclicBarrier(2);
        final ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            final Future<Integer> one = pool.submit(() -> threadsWhileOthersCompute(1, bothSet));
            final Future<Integer> two = pool.submit(() -> threadsWhileOthersCompute(2, bothSet));

            assertThat(one.get()).isEqualTo(1);
            assertThat(two.get()).isEqualTo(2);
        } finally {
            pool.shutdown();
        }
    }

    private static int threadsWhileOthersCompute(final int threads, final CyclicBarrier bothSet) {
        return TorchEngine.start().compute(threads, () -> {
            try {
                bothSet.await();
            } catch (final InterruptedException | java.util.concurrent.BrokenBarrierException broken) {
                throw new IllegalStateException(broken);
            }
            return JniUtils.getNumThreads();
        });
    }

    @Test
    void aThreadInACallOfTheEngineIsTold() throws InterruptedException {
        final AtomicBoolean isSeen = new AtomicBoolean();
        final Thread computing = new Thread(() -> {
            try (NDManager arrays = TorchEngine.start().newManager(ai.djl.Device.cpu())) {
                final NDArray matrix = arrays.ones(new Shape(300, 300));
                while (!isSeen.get()) {
                    matrix.matMul(matrix).close();
                }
            }
        });
        computing.start();
        while (computing.isAlive() && !isSeen.get()) {
            isSeen.set(TorchEngine.computesOn(computing));
        }
        computing.join();

        assertThat(isSeen).isTrue();
        assertThat(TorchEngine.computesOn(computing)).isFalse();
        assertThat(TorchEngine.computesOn(Thread.currentThread())).isFalse();
    }

    /** Starts the engine on a thread whose context class loader knows nothing, with every web request recorded. */
    static final class FirstUse {
        private FirstUse() {}

        public static void main(final String[] args) throws IOException {
            final List<URL> requests = new ArrayList<>();
            URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? new Refusal(requests) : null);
            try (URLClassLoader foreign = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
                Thread.currentThread().setContextClassLoader(foreign);
                TorchEngine.start().newManager(TestDevice.arrays()).close();
                expect(Thread.currentThread().getContextClassLoader() == foreign, "the class loader is back");
            }
            expect(System.getProperty("ai.djl.offline") == null, "the property ai.djl.offline is back");
            expect(System.getProperty("OPT_OUT_TRACKING") == null, "the property OPT_OUT_TRACKING is back");
            expect(requests.isEmpty(), "nothing is requested, but there were " + requests);
        }

        private static void expect(final boolean condition, final String what) {
            if (!condition) {
                throw new AssertionError(what);
            }
        }
    }

    private static final class Refusal extends java.net.URLStreamHandler {
        private final List<URL> requests;

        Refusal(final List<URL> requests) {
            this.requests = requests;
        }

        @Override
        protected java.net.URLConnection openConnection(final URL url) throws IOException {
            requests.add(url);
            throw new IOException("the network is off limits");
        }
    }
}
