package org.gradienttape.torch.library;

/** How many numbers libtorch computes at once on this processor. */
public final class VectorWidth {
    public static final int OF_AVX_512 = 16;

    static final int OF_AVX_2 = 8;
    private static final int OF_OTHERS = 4;

    private VectorWidth() {}

    /** Of float numbers; that of the smallest vectors where it cannot be asked. */
    public static int ofFloats() {
        if (has("_ZN2at3cpu19is_avx512_supportedEv", "?is_avx512_supported@cpu@at@@YA_NXZ")) {
            return OF_AVX_512;
        }
        return has("_ZN2at3cpu17is_avx2_supportedEv", "?is_avx2_supported@cpu@at@@YA_NXZ") ? OF_AVX_2 : OF_OTHERS;
    }

    private static boolean has(final String... names) {
        return NativeFunction.ofLibtorch(names)
                .filter(function -> (function.invokeInt(new Object[0]) & 1) == 1)
                .isPresent();
    }
}
