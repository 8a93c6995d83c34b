package org.gradienttape.torch.library;

/**
 * The memory that libtorch takes and frees for each operation, where the C library is glibc. For threads other than the first one
 * that has it in heaps of 64 MB, which it gives back to the system as soon as they are free. A step that needs a little more than
 * one would get another one in each run, page by page, and lose it again.
 */
public final class NativeHeap {
    /** Numbers of malloc.h. */
    private static final int TRIM_THRESHOLD = -1;

    private static final int TOP_PAD = -2;
    private static final int MMAP_MAX = -4;

    private static final int HEAP_BYTES = 1 << 26;

    private NativeHeap() {}

    /** Lets the process keep what is freed, until it is given back; elsewhere nothing changes. */
    public static void keepFreed() {
        NativeFunction.ofProcess("mallopt").ifPresent(mallopt -> {
            mallopt.invokeInt(new Object[] {MMAP_MAX, 0}); // but for what is larger than a heap
            mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, Integer.MAX_VALUE});
            mallopt.invokeInt(new Object[] {TOP_PAD, 2 * HEAP_BYTES});
        });
    }

    /** Gives what is free back to the system. */
    public static void giveBack() {
        NativeFunction.ofProcess("malloc_trim").ifPresent(trim -> trim.invokeInt(new Object[] {0L}));
    }
}
