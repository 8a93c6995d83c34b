package org.gradienttape.hdf5;

import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The bytes of a file as the library asks for them. Whatever a damaged file declares, nothing is copied, nothing beyond its
 * end is given, and the number of questions is bounded by its size, so that structures that lead in circles come to an end.
 */
final class BoundedStorage implements HdfBackingStorage {
    /** The smallest structure that leads to others takes more bytes of a file than this for each question about it. */
    private static final int BYTES_PER_READ = 4;

    private static final int FEWEST_READS = 1000;

    private final ByteBuffer bytes;
    private final Superblock superblock;
    private long readsLeft;

    /**
     * @throws RuntimeException of any kind if it is no HDF5 file
     */
    BoundedStorage(final byte[] file) {
        bytes = ByteBuffer.wrap(file).asReadOnlyBuffer();
        superblock = Superblock.readSuperblock(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        if (superblock.getBaseAddressByte() != 0) {
            throw new HdfException("the base address is not 0");
        }
        readsLeft = FEWEST_READS + file.length / BYTES_PER_READ;
    }

    @Override
    public ByteBuffer readBufferFromAddress(final long address, final int length) {
        return map(address, length);
    }

    @Override
    public ByteBuffer mapNoOffset(final long address, final long length) {
        return map(address, length);
    }

    @Override
    public ByteBuffer map(final long address, final long length) {
        if (address < 0 || length < 0 || length > bytes.capacity() || address > bytes.capacity() - length) {
            throw new HdfException("it leads to byte " + address + ", which it does not have");
        }
        if (readsLeft-- == 0) {
            throw new HdfException("it leads in circles");
        }
        return bytes.slice((int) address, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long getUserBlockSize() {
        return 0;
    }

    @Override
    public Superblock getSuperblock() {
        return superblock;
    }

    @Override
    public FileChannel getFileChannel() {
        throw new HdfException("it is in memory");
    }

    @Override
    public int getSizeOfOffsets() {
        return superblock.getSizeOfOffsets();
    }

    @Override
    public int getSizeOfLengths() {
        return superblock.getSizeOfLengths();
    }

    @Override
    public void close() {
        // holds nothing that must be given back
    }

    @Override
    public long size() {
        return bytes.capacity();
    }

    @Override
    public boolean inMemory() {
        return true;
    }
}
