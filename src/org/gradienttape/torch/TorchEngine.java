package org.gradienttape.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.graph.Convolutions;
import org.gradienttape.graph.Products;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Work;
import org.gradienttape.torch.library.AmdProcessor;
import org.gradienttape.torch.library.DenormalFlush;
import org.gradienttape.torch.library.NativeCache;
import org.gradienttape.torch.library.NativeHeap;
import org.gradienttape.torch.library.OneDnn;
import org.gradienttape.torch.library.OwnLibtorch;
import org.gradienttape.torch.library.VectorWidth;

/**
 * The tensor engine, DJL with PyTorch, started once per process.
 *
 * <p>DJL looks for its engine through the context class loader of the thread that uses it first, and stays broken for
 * good if that one knows no engine; so the first use happens here alone, under this class's own loader. The engine is
 * told not to use the network: it neither downloads nor reports. Loader and system properties are put back afterwards,
 * since they belong to the whole process.
 */
public final class TorchEngine {
    /** The package whose methods are the engine's. */
    private static final String CALLS = "ai.djl.pytorch.jni.";

    private static final TorchWriter.Target GPU = TorchWriter.Target.plain(TorchExpression.SINGLE);

    private static final ThreadLocal<Integer> ALLOWED_THREADS = ThreadLocal.withInitial(() -> 1);

    private static TorchEngine instance;

    private final Engine engine;
    private final DenormalFlush denormals;
    private boolean hasOneDnn = true;
    /** What programs for the processor are written for. */
    private TorchWriter.Target processor;

    private Optional<Boolean> fusedLstm = Optional.empty();

    private TorchEngine(final Engine engine) {
        this.engine = engine;
        this.denormals = DenormalFlush.ofEngine();
    }

    /**
     * The engine; the first call unpacks and loads the native libraries.
     *
     * @throws InvalidInputException if this machine cannot run them, or computes wrongly; says what the engine needs
     */
    public static synchronized TorchEngine start() {
        if (instance == null) {
            NativeCache.removeDead(Utils.getEngineCacheDir("pytorch"));
            NativeHeap.keepFreed();
            final Optional<String> flavor = OwnLibtorch.flavor();
            final TorchEngine started =
                    new TorchEngine(offline(() -> withFlavor(flavor, () -> withOwnClassLoader(TorchEngine::load))));
            final Convolutions convolutions = started.compute(1, started::rightConvolutions);
            started.processor = new TorchWriter.Target(
                    TorchExpression.SINGLE,
                    Products.of(AmdProcessor.family(), VectorWidth.ofFloats() >= VectorWidth.OF_AVX_512),
                    convolutions,
                    true,
                    started::hasFusedLstm,
                    VectorWidth.ofFloats());
            instance = started;
        }
        return instance;
    }

    /** How convolutions are right: as they are, or filled; if neither, libtorch computes them without oneDNN from now on. */
    private Convolutions rightConvolutions() {
        for (final Convolutions convolutions : Convolutions.values()) {
            if (ConvolutionCheck.passes(this, convolutions)) {
                return convolutions;
            }
        }
        OneDnn.use(false);
        hasOneDnn = false;
        if (!ConvolutionCheck.passes(this, Convolutions.PLAIN)) {
            throw new InvalidInputException(
                    "PyTorch computes convolutions wrongly on this machine, with oneDNN and without;"
                            + " use another one, or let the virtual machine show the caches of its processor.");
        }
        return Convolutions.PLAIN;
    }

    /** Found out when the first program needs it, since that takes a third of the engine's start. */
    private synchronized boolean hasFusedLstm() {
        if (fusedLstm.isEmpty()) {
            fusedLstm = Optional.of(hasOneDnn && OneDnn.isMadeForProcessor() && LstmCheck.passes(this, processor));
        }
        return fusedLstm.get();
    }

    /** The device to compute on. */
    public ai.djl.Device resolve(final Device device) {
        final boolean gpu = device != Device.CPU && engine.getGpuCount() > 0;
        if (device == Device.GPU && !gpu) {
            throw new InvalidInputException("The device GPU was chosen, but the engine finds no GPU that it can use;"
                    + " choose Automatic or CPU, or install an NVIDIA driver and set the environment variable "
                    + OwnLibtorch.FOLDER + " to the lib folder of a libtorch " + engine.getVersion()
                    + " for CUDA 12.8 before the program starts.");
        }
        return gpu ? ai.djl.Device.gpu() : ai.djl.Device.cpu();
    }

    /** The tensor library and its version, and whether it does without the one for convolutions, which gives other bits. */
    String name() {
        return engine.getEngineName() + " " + engine.getVersion() + (hasOneDnn ? "" : ", convolutions without oneDNN");
    }

    /** Whether convolutions use the library that is made for them. */
    boolean hasOneDnn() {
        return hasOneDnn;
    }

    /** How many GPUs it can use. */
    int gpus() {
        return engine.getGpuCount();
    }

    /** An owner of native arrays on this device; whoever asks closes it. */
    public NDManager newManager(final ai.djl.Device device) {
        return engine.newBaseManager(device);
    }

    /**
     * Computes with up to so many CPU threads per operation on the calling thread, nothing recorded for gradients outside a
     * tape, denormal numbers taken for 0. All three settings belong to the thread and are put back afterwards, so that
     * runs on other threads keep theirs.
     *
     * @param threads how many there are where {@link #divide} does not find fewer
     * @throws InvalidInputException if the engine fails; says what it said
     */
    public <T> T compute(final int threads, final Supplier<T> work) {
        // Asking first matters: a thread's first use of the engine takes the process's last setting over.
        final int threadsBefore = JniUtils.getNumThreads();
        final int allowedBefore = ALLOWED_THREADS.get();
        final boolean gradientsBefore = JniUtils.isGradMode();
        JniUtils.setNumThreads(threads);
        ALLOWED_THREADS.set(threads);
        JniUtils.setGradMode(false);
        denormals.set(true);
        try {
            return work.get();
        } catch (final EngineException failure) {
            throw ScriptFailure.outside(failure);
        } finally {
            denormals.set(false);
            JniUtils.setGradMode(gradientsBefore);
            ALLOWED_THREADS.set(allowedBefore);
            JniUtils.setNumThreads(threadsBefore);
            NativeHeap.giveBack();
        }
    }

    /** Whether a thread is in a call of the engine, which comes back by itself. */
    public static boolean computesOn(final Thread thread) {
        final StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && stack[0].getClassName().startsWith(CALLS);
    }

    /** Of the threads that the calling thread may use, takes as many as pay for what it computes next. */
    static void divide(final Work next) {
        final int allowed = ALLOWED_THREADS.get();
        if (allowed > 1) {
            JniUtils.setNumThreads(next.threads(allowed));
        }
    }

    /** What programs for a device are written for. */
    static TorchWriter.Target target(final ai.djl.Device device) {
        return device.isGpu() ? GPU : start().processor;
    }

    private static Engine load() {
        try {
            return Engine.getEngine("PyTorch");
        } catch (final EngineException | IllegalArgumentException | LinkageError failure) {
            throw new InvalidInputException(
                    "The PyTorch engine could not be started (" + failure.getMessage() + "); it needs a 64-bit Linux,"
                            + " Windows or macOS for which its libraries are installed, and 450 MB of space in the"
                            + " folder that the environment variable DJL_CACHE_DIR names or else in .djl.ai in the"
                            + " home folder.",
                    failure);
        }
    }

    private static <T> T withOwnClassLoader(final Supplier<T> work) {
        final Thread thread = Thread.currentThread();
        final ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(TorchEngine.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static <T> T offline(final Supplier<T> work) {
        return withProperty("ai.djl.offline", "true", () -> withProperty("OPT_OUT_TRACKING", "true", work));
    }

    private static <T> T withFlavor(final Optional<String> flavor, final Supplier<T> work) {
        return flavor.isPresent() ? withProperty(OwnLibtorch.FLAVOR, flavor.get(), work) : work.get();
    }

    private static <T> T withProperty(final String name, final String value, final Supplier<T> work) {
        final String before = System.getProperty(name);
        System.setProperty(name, value);
        try {
            return work.get();
        } finally {
            if (before == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        }
    }
}
