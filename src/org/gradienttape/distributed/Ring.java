package org.gradienttape.distributed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Processes that add up numbers over TCP, each speaking to the two beside it: the numbers are cut into as many pieces as there
 * are workers, each piece goes around once to be summed and once to be known (Patarasuk and Yuan, "Bandwidth optimal
 * all-reduce algorithms for clusters of workstations", 2009). A piece is always summed in the same order.
 *
 * <p>Nobody waits longer than the time limit, and nobody who does not know the run's key is listened to.
 */
public final class Ring implements Collective {
    private static final int MOST_BYTES = 1 << 20;
    private static final int HELLO_BYTES = 2 * Long.BYTES + Integer.BYTES;

    private final int rank;
    private final int size;
    private final long limit;
    private final SocketChannel next;
    private final SocketChannel previous;
    private final Selector selector;
    private final SelectionKey writing;
    private final SelectionKey reading;
    private final ByteBuffer out = ByteBuffer.allocateDirect(MOST_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer in = ByteBuffer.allocateDirect(MOST_BYTES).order(ByteOrder.nativeOrder());

    private final Piecewise piecewise = new Piecewise();

    private Ring(
            final int rank,
            final int size,
            final Duration limit,
            final SocketChannel next,
            final SocketChannel previous)
            throws IOException {
        this.rank = rank;
        this.size = size;
        this.limit = limit.toMillis();
        this.next = next;
        this.previous = previous;
        this.selector = Selector.open();
        next.setOption(StandardSocketOptions.TCP_NODELAY, true);
        next.configureBlocking(false);
        previous.configureBlocking(false);
        this.writing = next.register(selector, 0);
        this.reading = previous.register(selector, 0);
    }

    /** A place in a ring that is not closed yet: one port that listens, on one address. */
    public static final class Place implements AutoCloseable {
        private final ServerSocketChannel server;

        private Place(final ServerSocketChannel server) {
            this.server = server;
        }

        /**
         * Listens on a free port.
         *
         * @param host the only address that can be reached
         * @throws IOException if this machine does not have it, or knows no address of this name
         */
        public static Place open(final String host) throws IOException {
            final InetSocketAddress address = new InetSocketAddress(host, 0);
            if (address.isUnresolved()) {
                throw new UnknownHostException("this machine knows no address of the name " + host);
            }
            final ServerSocketChannel server = ServerSocketChannel.open();
            try {
                return new Place(server.bind(address));
            } catch (final IOException | RuntimeException failure) {
                server.close();
                throw failure;
            }
        }

        /** Where the others find it, as host:port. */
        public String address() throws IOException {
            final InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            return address.getAddress().getHostAddress() + ":" + address.getPort();
        }

        /**
         * Closes the ring; nothing listens any more afterwards.
         *
         * @param rank of this worker
         * @param addresses of all, by rank
         * @param key that only the workers of this run know
         * @param limit for each wait
         * @throws LostWorkerException if the one before or behind does not come in time
         */
        public Ring join(final int rank, final List<String> addresses, final UUID key, final Duration limit) {
            final int size = addresses.size();
            final String behind = addresses.get((rank + 1) % size);
            SocketChannel next = null;
            SocketChannel previous = null;
            try {
                next = connect(behind, limit);
                hello(next, key, rank);
                previous = accept(key, (rank + size - 1) % size, limit);
                return new Ring(rank, size, limit, next, previous);
            } catch (final IOException failure) {
                closeQuietly(next);
                closeQuietly(previous);
                throw new LostWorkerException(
                        "Worker " + rank + " of " + size + " could not be connected with the others within "
                                + limit.toSeconds() + " seconds: " + failure.getMessage() + ".",
                        failure);
            } finally {
                close();
            }
        }

        private static SocketChannel connect(final String address, final Duration limit) throws IOException {
            final int colon = address.lastIndexOf(':');
            final SocketChannel channel = SocketChannel.open();
            try {
                channel.socket()
                        .connect(
                                new InetSocketAddress(
                                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                                Math.toIntExact(limit.toMillis()));
                return channel;
            } catch (final IOException failure) {
                channel.close();
                throw new IOException(address + " does not answer", failure);
            }
        }

        private static void hello(final SocketChannel next, final UUID key, final int rank) throws IOException {
            final ByteBuffer hello = ByteBuffer.allocate(HELLO_BYTES)
                    .putLong(key.getMostSignificantBits())
                    .putLong(key.getLeastSignificantBits())
                    .putInt(rank)
                    .flip();
            while (hello.hasRemaining()) {
                next.write(hello);
            }
        }

        /** Whoever does not say the key at once is not the one before. */
        private SocketChannel accept(final UUID key, final int expected, final Duration limit) throws IOException {
            final long end = System.nanoTime() + limit.toNanos();
            while (true) {
                final int left = (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
                server.socket().setSoTimeout(left);
                final SocketChannel channel = server.socket().accept().getChannel();
                if (saysHello(channel, key, expected, left)) {
                    return channel;
                }
                channel.close();
                if (System.nanoTime() > end) {
                    throw new IOException("worker " + expected + " does not come");
                }
            }
        }

        private static boolean saysHello(
                final SocketChannel channel, final UUID key, final int expected, final int milliseconds)
                throws IOException {
            try {
                channel.socket().setSoTimeout(milliseconds);
                final byte[] hello = channel.socket().getInputStream().readNBytes(HELLO_BYTES);
                final ByteBuffer said = ByteBuffer.wrap(hello);
                return hello.length == HELLO_BYTES
                        && new UUID(said.getLong(), said.getLong()).equals(key)
                        && said.getInt() == expected;
            } catch (final java.net.SocketException | java.net.SocketTimeoutException gone) {
                return false;
            }
        }

        private static void closeQuietly(final SocketChannel channel) throws LostWorkerException {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (final IOException left) {
                throw new LostWorkerException("A connection could not be closed: " + left.getMessage(), left);
            }
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (final IOException left) {
                throw new LostWorkerException("A port could not be closed: " + left.getMessage(), left);
            }
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void sum(final FloatBuffer numbers) {
        try {
            for (int round = 0; round < size - 1; round++) {
                pass(numbers, rank - round, rank - round - 1, true);
            }
            for (int round = 0; round < size - 1; round++) {
                pass(numbers, rank - round + 1, rank - round, false);
            }
        } catch (final IOException failure) {
            throw new LostWorkerException(
                    "Worker " + rank + " of " + size + " lost another one: " + failure.getMessage() + ".", failure);
        }
    }

    /**
     * Sends a piece while another one comes in.
     *
     * @param adds whether what comes is added, or takes the place of what is there
     */
    private void pass(final FloatBuffer numbers, final int sent, final int got, final boolean adds) throws IOException {
        int toSend = begin(sent, numbers.limit());
        final int sendEnd = end(sent, numbers.limit());
        int toGet = begin(got, numbers.limit());
        final int getEnd = end(got, numbers.limit());
        out.clear().flip();
        in.clear();
        long last = System.nanoTime();
        while (toSend < sendEnd || out.hasRemaining() || toGet < getEnd) {
            if (!out.hasRemaining() && toSend < sendEnd) {
                final int count = Math.min(MOST_BYTES / Float.BYTES, sendEnd - toSend);
                out.clear();
                out.asFloatBuffer().put(0, numbers, toSend, count);
                out.limit(count * Float.BYTES);
                toSend += count;
            }
            final long moved = (out.hasRemaining() ? next.write(out) : 0) + (toGet < getEnd ? read(getEnd - toGet) : 0);
            final int whole = in.position() / Float.BYTES;
            if (whole > 0) {
                take(numbers, toGet, whole, adds);
                toGet += whole;
            }
            if (moved > 0) {
                last = System.nanoTime();
            } else {
                await(toGet < getEnd, last);
            }
        }
    }

    private int read(final int floatsLeft) throws IOException {
        in.limit((int) Math.min(MOST_BYTES, (long) floatsLeft * Float.BYTES));
        final int count = previous.read(in);
        if (count < 0) {
            throw new IOException("its connection was closed");
        }
        return count;
    }

    private void take(final FloatBuffer numbers, final int from, final int count, final boolean adds) {
        in.flip();
        final FloatBuffer floats = in.asFloatBuffer();
        if (adds) {
            piecewise.add(numbers, from, floats, count);
        } else {
            numbers.put(from, floats, 0, count);
        }
        in.position(count * Float.BYTES);
        in.compact();
    }

    private void await(final boolean wantsMore, final long last) throws IOException {
        final long left = limit - (System.nanoTime() - last) / 1_000_000;
        if (left <= 0) {
            throw new IOException("it has not answered for " + limit / 1000 + " seconds");
        }
        writing.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : 0);
        reading.interestOps(wantsMore ? SelectionKey.OP_READ : 0);
        selector.select(left);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("the worker was stopped");
        }
    }

    /** Where a piece begins, counted on around the ring. */
    private int begin(final int piece, final int count) {
        return (int) ((long) count * Math.floorMod(piece, size) / size);
    }

    private int end(final int piece, final int count) {
        return (int) ((long) count * (Math.floorMod(piece, size) + 1) / size);
    }

    @Override
    public void close() {
        try {
            selector.close();
            next.close();
            previous.close();
        } catch (final IOException left) {
            throw new LostWorkerException("A connection could not be closed: " + left.getMessage(), left);
        }
    }
}
