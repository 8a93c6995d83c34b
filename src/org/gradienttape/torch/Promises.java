package org.gradienttape.torch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gradienttape.tensor.Tensor;

/**
 * Tensors of an eager step that are not computed before somebody needs them. Where an update that is computed in the same
 * program is all that needs them, they have no memory of their own; whoever looks at them later has them computed again.
 */
final class Promises {
    /** Those that the open fragment has noted. */
    private final List<Tensor> open = new ArrayList<>();

    private final Set<Tensor> used = new HashSet<>();
    /** All that have no array: the open ones, and those that an update left out. */
    private final Set<Tensor> all = new LinkedHashSet<>();

    void clear() {
        open.clear();
        used.clear();
        all.clear();
    }

    void add(final Tensor tensor) {
        if (all.add(tensor)) {
            open.add(tensor);
        }
    }

    /** Whether an update was computed without keeping some that nobody had asked for until then. */
    boolean haveLeftOut() {
        return all.size() > open.size();
    }

    boolean haveAny(final Tensor... tensors) {
        if (!all.isEmpty()) {
            for (final Tensor tensor : tensors) {
                if (all.contains(tensor)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Notes what operations of the fragment take. */
    void use(final Tensor... inputs) {
        for (final Tensor input : inputs) {
            if (all.contains(input)) {
                used.add(input);
            }
        }
    }

    List<Tensor> all() {
        return List.copyOf(all);
    }

    /**
     * The open ones that the fragment's program has to give.
     *
     * @param isAll whether those that it needs itself are wanted, too
     */
    List<Tensor> unused(final boolean isAll) {
        return open.stream().filter(tensor -> isAll || !used.contains(tensor)).toList();
    }

    /** The fragment's program has run, and gave these. */
    void end(final List<Tensor> given) {
        given.forEach(all::remove);
        open.clear();
        used.clear();
    }
}
