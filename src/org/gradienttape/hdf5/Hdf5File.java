package org.gradienttape.hdf5;

import io.jhdf.Constants;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.OrderedDataType;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * The arrays of an HDF5 file that is in memory (support.hdfgroup.org, "HDF5 File Format Specification").
 *
 * <p>The library reads each structure of the format; which ones, and how deep, is decided here, so that no file can have it
 * allocate or run without end. Read is what h5py and jHDF write when they are asked for nothing special: groups with a
 * symbol table or with links in their header, and arrays in one piece. Compressed arrays, and links to other places or
 * files, are refused. Attributes are not looked at.
 */
public final class Hdf5File {
    private static final int MOST_LEVELS = 32;

    private final BoundedStorage storage;
    private final Set<Long> groups = new HashSet<>();
    private final Map<String, Hdf5Array> arrays = new LinkedHashMap<>();

    private Hdf5File(final byte[] bytes) {
        storage = new BoundedStorage(bytes);
    }

    /**
     * The arrays by path, for example "layers/dense/vars/0". Their numbers stay in the file's bytes.
     *
     * @param bytes of the whole file, which nobody may change any more
     * @throws InvalidInputException if it is damaged, no HDF5 file, or holds what is not read; the sentence starts with what
     *     was expected
     */
    public static Map<String, Hdf5Array> arrays(final byte[] bytes) {
        try {
            final Hdf5File file = new Hdf5File(bytes);
            file.read(file.root(), "", 0);
            return Collections.unmodifiableMap(file.arrays);
        } catch (final InvalidInputException refused) {
            throw refused;
        } catch (final RuntimeException
                | StackOverflowError damaged) { // the library throws whatever its JDK calls throw
            throw new InvalidInputException("a complete HDF5 file was expected, but it is cut off or damaged", damaged);
        }
    }

    private long root() {
        final Superblock superblock = storage.getSuperblock();
        if (superblock instanceof Superblock.SuperblockV0V1 old) {
            return new SymbolTableEntry(storage, old.getRootGroupSymbolTableAddress()).getObjectHeaderAddress();
        }
        return ((Superblock.SuperblockV2V3) superblock).getRootGroupObjectHeaderAddress();
    }

    private void read(final long address, final String path, final int level) {
        final ObjectHeader header = ObjectHeader.readObjectHeader(storage, address);
        if (header.hasMessageOfType(DataSpaceMessage.class)) {
            arrays.put(path, array(header, path));
        } else if (!header.hasMessageOfType(DataTypeMessage.class)) { // which is a type with a name
            if (level == MOST_LEVELS || !groups.add(address)) {
                throw refused("groups that lie in each other like folders", "the group " + path + " leads in circles");
            }
            links(header, path)
                    .forEach((name, place) -> read(place, path.isEmpty() ? name : path + "/" + name, level + 1));
        }
    }

    /** The places of what is in a group, by name. */
    private Map<String, Long> links(final ObjectHeader header, final String path) {
        final Map<String, Long> links = new LinkedHashMap<>();
        if (header.hasMessageOfType(SymbolTableMessage.class)) {
            final SymbolTableMessage table = header.getMessageOfType(SymbolTableMessage.class);
            final ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
            for (final long node :
                    BTreeV1.createGroupBTree(storage, table.getBTreeAddress()).getChildAddresses()) {
                for (final SymbolTableEntry entry : new GroupSymbolTableNode(storage, node).getSymbolTableEntries()) {
                    if (entry.getCacheType() == 2) {
                        throw linked(path);
                    }
                    names.position(entry.getLinkNameOffset());
                    links.put(Utils.readUntilNull(names), entry.getObjectHeaderAddress());
                }
            }
        } else if (header.hasMessageOfType(LinkInfoMessage.class)) {
            if (header.getMessageOfType(LinkInfoMessage.class).getBTreeNameIndexAddress()
                    != Constants.UNDEFINED_ADDRESS) {
                throw refused("groups as h5py writes them by default", "the group " + path + " has an index of names");
            }
            for (final LinkMessage link : header.getMessagesOfType(LinkMessage.class)) {
                if (link.getLinkType() != LinkMessage.LinkType.HARD) {
                    throw linked(path);
                }
                links.put(link.getLinkName(), link.getHardLinkAddress());
            }
        }
        return links;
    }

    private Hdf5Array array(final ObjectHeader header, final String path) {
        final DataType type = header.getMessageOfType(DataTypeMessage.class).getDataType();
        final DataSpace space = header.getMessageOfType(DataSpaceMessage.class).getDataSpace();
        final List<Long> sizes = new ArrayList<>();
        Arrays.stream(space.getDimensionsAsLong()).forEach(sizes::add);
        final long length = Math.multiplyExact(space.getTotalLength(), type.getSize());
        final DataLayoutMessage layout = header.getMessageOfType(DataLayoutMessage.class);
        final ByteBuffer bytes;
        if (layout instanceof DataLayoutMessage.CompactDataLayoutMessage compact) {
            bytes = compact.getDataBuffer();
        } else if (layout instanceof DataLayoutMessage.ContiguousDataLayoutMessage contiguous) {
            bytes = length == 0 ? ByteBuffer.allocate(0) : storage.map(contiguous.getAddress(), length);
        } else {
            throw refused(
                    "arrays in one piece",
                    "the array " + path + " is in chunks, which may be compressed; save the"
                            + " weights with Keras' own save or save_weights");
        }
        if (bytes.remaining() != length || sizes.stream().anyMatch(size -> size < 0)) {
            throw new HdfException("the sizes of an array do not fit its bytes");
        }
        if (type instanceof OrderedDataType ordered) {
            final ByteOrder order = ordered.getByteOrder();
            bytes.order(order);
        }
        return new Hdf5Array(sizes, Hdf5Array.Type.of(type), bytes);
    }

    private static InvalidInputException linked(final String path) {
        return refused(
                "groups without links to other places", "the group " + (path.isEmpty() ? "/" : path) + " holds one");
    }

    private static InvalidInputException refused(final String expected, final String found) {
        return new InvalidInputException(expected + " were expected, but " + found);
    }
}
