package org.gradienttape.code;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user's code may use: steps, layers, losses, metrics, tensors and what belongs to them, and those types and members of Java 17 that compute
 * and touch nothing else.
 * A list of what is allowed, so that what nobody thought of is refused.
 */
final class AllowedCode {
    /** Every type of these packages, and what is nested in it. */
    private static final Set<String> PACKAGES = names("""
            org/gradienttape/step

            java/math java/text java/time java/time/chrono java/time/format java/time/temporal java/util/function
            java/util/regex java/util/stream
            """);

    /** Single types, and what is nested in them. Exceptions and errors of java.lang and java.util are allowed by name. */
    private static final Set<String> TYPES = names("""
            org/gradienttape/tensor/GradientTape org/gradienttape/tensor/NumberType
            org/gradienttape/tensor/RandomSource org/gradienttape/tensor/Tensor
            org/gradienttape/tensor/TensorException org/gradienttape/tensor/Variable
            org/gradienttape/layer/Activation org/gradienttape/layer/ActivationLayer
            org/gradienttape/layer/CallableNetwork org/gradienttape/layer/CustomLayer org/gradienttape/layer/ImageLayer
            org/gradienttape/layer/Initializer org/gradienttape/layer/Layer org/gradienttape/layer/Mode
            org/gradienttape/layer/NormalizationLayer org/gradienttape/layer/Padding org/gradienttape/layer/Shape
            org/gradienttape/layer/AugmentationLayer org/gradienttape/layer/ImageFrameLayer
            org/gradienttape/layer/SequenceLayer
            org/gradienttape/layer/RecurrentLayer org/gradienttape/layer/MaskingLayer
            org/gradienttape/layer/AttentionLayer org/gradienttape/layer/WrapperLayer
            org/gradienttape/layer/ScalingLayer org/gradienttape/layer/NoiseLayer org/gradienttape/layer/Edges
            org/gradienttape/layer/Penalty org/gradienttape/layer/Size org/gradienttape/layer/WeightSettings
            org/gradienttape/layer/Sublayer org/gradienttape/layer/Window org/gradienttape/loss/CustomLoss
            org/gradienttape/loss/Loss org/gradienttape/metric/Mean org/gradienttape/metric/Metric
            org/gradienttape/metric/Predictions org/gradienttape/metric/Targets
            org/gradienttape/optimizer/Optimizer

            java/lang/AutoCloseable java/lang/Boolean java/lang/Byte java/lang/CharSequence java/lang/Character
            java/lang/Class java/lang/Cloneable java/lang/Comparable java/lang/Deprecated java/lang/Double
            java/lang/Enum java/lang/Float java/lang/FunctionalInterface java/lang/Integer java/lang/Iterable
            java/lang/Long java/lang/Math java/lang/Number java/lang/Object java/lang/Override java/lang/Record
            java/lang/Runnable java/lang/SafeVarargs java/lang/Short java/lang/StackTraceElement java/lang/StrictMath
            java/lang/String java/lang/StringBuffer java/lang/StringBuilder java/lang/SuppressWarnings java/lang/System
            java/lang/Throwable java/lang/Void

            java/io/Serializable java/lang/constant/Constable java/lang/constant/ConstantDesc

            java/util/AbstractCollection java/util/AbstractList java/util/AbstractMap java/util/AbstractQueue
            java/util/AbstractSequentialList java/util/AbstractSet java/util/ArrayDeque java/util/ArrayList
            java/util/Arrays java/util/Base64 java/util/BitSet java/util/Calendar java/util/Collection
            java/util/Collections java/util/Comparator java/util/Currency java/util/Date java/util/Deque
            java/util/Dictionary java/util/DoubleSummaryStatistics java/util/Enumeration java/util/EnumMap
            java/util/EnumSet java/util/GregorianCalendar java/util/HashMap java/util/HashSet java/util/Hashtable
            java/util/HexFormat java/util/IdentityHashMap java/util/IntSummaryStatistics java/util/Iterator
            java/util/LinkedHashMap java/util/LinkedHashSet java/util/LinkedList java/util/List java/util/ListIterator
            java/util/Locale java/util/LongSummaryStatistics java/util/Map java/util/NavigableMap java/util/NavigableSet
            java/util/Objects java/util/Optional java/util/OptionalDouble java/util/OptionalInt java/util/OptionalLong
            java/util/PrimitiveIterator java/util/PriorityQueue java/util/Queue java/util/Random java/util/RandomAccess
            java/util/Set java/util/SimpleTimeZone java/util/SortedMap java/util/SortedSet java/util/Spliterator
            java/util/Spliterators java/util/SplittableRandom java/util/Stack java/util/StringJoiner
            java/util/StringTokenizer java/util/TimeZone java/util/TreeMap java/util/TreeSet java/util/UUID
            java/util/Vector java/util/WeakHashMap
            java/util/concurrent/atomic/AtomicBoolean java/util/concurrent/atomic/AtomicInteger
            java/util/concurrent/atomic/AtomicLong java/util/concurrent/atomic/AtomicReference
            """);

    /** Of these types, these members alone. */
    private static final Map<String, Set<String>> ONLY = Map.ofEntries(
            Map.entry("java/lang/Class", names("""
                    cast desiredAssertionStatus equals getName getSimpleName getTypeName hashCode isInstance toString
                    """)),
            Map.entry("java/lang/Object", names("<init> clone equals getClass hashCode toString")),
            Map.entry("java/lang/System", names("arraycopy currentTimeMillis identityHashCode lineSeparator nanoTime")),
            Map.entry(
                    "org/gradienttape/layer/CallableNetwork",
                    names("call hasLosses losses mask trainableWeights weights")),
            Map.entry("org/gradienttape/layer/CustomLayer", names("""
                    <init> addLoss addState addWeight build call concat full layer ones random stack tensor zeros
                    """)),
            Map.entry("org/gradienttape/layer/Layer", names("activation type")),
            Map.entry("org/gradienttape/layer/Sublayer", names("call")),
            Map.entry("org/gradienttape/optimizer/Optimizer", names("apply learningRate setLearningRate")),
            Map.entry("org/gradienttape/tensor/Tensor", names("""
                    abs add addWindows and argmax clip contiguous convolve convolveImages convolveImagesWithBias
                    convolveWithBias cos detach div elu eq exp expand flatten flip ge gelu geluByTanh gt item
                    largestOfWindows le leakyRelu log logSoftmax logsumexp lt matmul max maximum mean meanKeeping
                    meansOfWindows min minimum mul neg nll norm not oneHot or pad permute pow rank relu reshape shape
                    sigmoid sign silu sin size slice softmax softplus sqrt square squeeze sub sum sumKeeping take tanh
                    toFloat toFloatArray toInt64 toLongArray toString transpose type unsqueeze where windows
                    """)),
            Map.entry("org/gradienttape/tensor/Variable", names("assign assignAdd name")));

    /** Of these types, all but these members: they print, start threads, read or set what belongs to the whole
     * program. */
    private static final Map<String, Set<String>> EXCEPT = Map.ofEntries(
            Map.entry("java/lang/Boolean", names("getBoolean")),
            Map.entry("java/lang/Integer", names("getInteger")),
            Map.entry("java/lang/Long", names("getLong")),
            Map.entry("java/lang/System$LoggerFinder", names("getLoggerFinder")),
            Map.entry("java/lang/Throwable", names("printStackTrace")),
            Map.entry("java/util/Locale", names("setDefault")),
            Map.entry("java/util/TimeZone", names("setDefault")),
            Map.entry("java/util/stream/StreamSupport", names("doubleStream intStream longStream stream")));

    /** What the compiler itself calls for lambdas, joined texts and records: owner and name. */
    private static final Set<String> BOOTSTRAPS = names("""
            java/lang/invoke/LambdaMetafactory.altMetafactory java/lang/invoke/LambdaMetafactory.metafactory
            java/lang/invoke/StringConcatFactory.makeConcatWithConstants java/lang/runtime/ObjectMethods.bootstrap
            """);

    private AllowedCode() {}

    /**
     * Whether code may name a type.
     *
     * @param type internal name such as java/util/Map$Entry
     */
    static boolean isAllowed(final String type) {
        final int end = type.lastIndexOf('/');
        if (end < 0) {
            return false;
        }
        final String folder = type.substring(0, end);
        final int nested = type.indexOf('$', end);
        final String outermost = nested < 0 ? type : type.substring(0, nested);
        return PACKAGES.contains(folder)
                || TYPES.contains(outermost)
                || (folder.equals("java/lang") || folder.equals("java/util"))
                        && (outermost.endsWith("Exception") || outermost.endsWith("Error"));
    }

    /**
     * Whether code may use a member of an allowed type.
     *
     * @param owner internal name of the type that declares it
     */
    static boolean isAllowed(final String owner, final String member) {
        final Set<String> only = ONLY.get(owner);
        return (only == null || only.contains(member))
                && !EXCEPT.getOrDefault(owner, Set.of()).contains(member)
                && !member.startsWith("parallel"); // streams and array methods that would start threads
    }

    /** Whether the compiler may have written a call of this method at the place where an object is made. */
    static boolean isBootstrap(final String owner, final String member) {
        return BOOTSTRAPS.contains(owner + "." + member);
    }

    private static Set<String> names(final String text) {
        return Stream.of(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
