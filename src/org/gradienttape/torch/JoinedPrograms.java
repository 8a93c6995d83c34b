package org.gradienttape.torch;

import ai.djl.pytorch.engine.PtNDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.graph.Program;

/**
 * Programs that run one behind the other again and again, in one call of the engine: they compute what they compute in two,
 * for half the cost of calling.
 */
final class JoinedPrograms implements AutoCloseable {
    private static final int MOST_PAIRS = 16;

    private final PtNDManager run;
    /** By access; without a module where the two have met only once. */
    private final LinkedHashMap<Pair, Optional<ProgramModule>> pairs = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param run owner of the programs
     */
    JoinedPrograms(final PtNDManager run) {
        this.run = run;
    }

    private record Pair(ProgramModule first, ProgramModule second) {}

    /** Both in one, if they have met before. */
    Optional<ProgramModule> of(final ProgramCache.Entry first, final ProgramCache.Entry second) {
        final Pair pair = new Pair(first.module(), second.module());
        final Optional<ProgramModule> known = pairs.get(pair);
        if (known != null && known.isPresent()) {
            return known;
        }
        final Optional<ProgramModule> joined = known == null
                ? Optional.empty()
                : Optional.of(new ProgramModule(Program.inOneCall(first.program(), second.program()), run));
        pairs.put(pair, joined);
        if (pairs.size() > MOST_PAIRS) {
            final Map.Entry<Pair, Optional<ProgramModule>> oldest =
                    pairs.entrySet().iterator().next();
            oldest.getValue().ifPresent(ProgramModule::close);
            pairs.remove(oldest.getKey());
        }
        return joined;
    }

    @Override
    public void close() {
        pairs.values().forEach(joined -> joined.ifPresent(ProgramModule::close));
    }
}
