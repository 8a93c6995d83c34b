package org.gradienttape.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Stands between workers on loopback and passes on what they say, until so many bytes; then it keeps all of it, silently. */
final class StoppingProxy implements AutoCloseable {
    private static final int CHUNK = 1 << 12;

    private final long most;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Closeable> open = new ArrayList<>();
    private long passed;

    /**
     * @param most bytes in all directions together
     */
    StoppingProxy(final long most) {
        this.most = most;
    }

    /** The address of one who passes on to another address. */
    String before(final String address) throws IOException {
        final ServerSocket server = keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        final int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        run(() -> {
            final Socket near = keep(server.accept());
            final Socket far = keep(new Socket(InetAddress.getLoopbackAddress(), port));
            run(() -> pass(near, far));
            run(() -> pass(far, near));
        });
        return "127.0.0.1:" + server.getLocalPort();
    }

    boolean hasStopped() {
        return take(0);
    }

    private synchronized <T extends Closeable> T keep(final T some) {
        open.add(some);
        return some;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void run(final Work work) {
        final Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (final IOException | InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(final Socket from, final Socket to) throws IOException, InterruptedException {
        final byte[] bytes = new byte[CHUNK];
        final InputStream in = from.getInputStream();
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            if (take(count)) {
                end.await();
                return;
            }
            to.getOutputStream().write(bytes, 0, count);
        }
        to.shutdownOutput();
    }

    /** Returns whether nothing is passed on any more. */
    private synchronized boolean take(final int count) {
        passed += count;
        return passed > most;
    }

    @Override
    public synchronized void close() throws IOException {
        end.countDown();
        for (final Closeable some : open) {
            some.close();
        }
    }
}
