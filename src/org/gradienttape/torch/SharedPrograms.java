package org.gradienttape.torch;

import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Program;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.graph.TraceKey;

/**
 * Programs that stay in the process, so that a run that does what an earlier one did need not compile it again. Numbers of
 * the JVM are literals in them. Those that no run uses are closed when there are too many.
 */
public final class SharedPrograms {
    private static final int MOST_PROGRAMS = 64;

    private static final Map<Key, Shared> ALL = new LinkedHashMap<>(16, 0.75f, true);

    private SharedPrograms() {}

    /** All that a program's text depends on. */
    private record Key(TraceKey trace, List<Double> literals, List<String> names) {}

    /** A program while a run uses it; any number of runs may, at once. */
    public static final class Shared implements AutoCloseable {
        private final Program program;
        private final PtNDManager owner = (PtNDManager) TorchEngine.start().newManager(ai.djl.Device.cpu());
        private final ProgramModule module;
        private int users;

        private Shared(final Program program) {
            this.program = program;
            this.module = new ProgramModule(program.method(), owner);
        }

        public Program program() {
            return program;
        }

        public ProgramModule module() {
            return module;
        }

        /** Ends this use. */
        @Override
        public void close() {
            synchronized (SharedPrograms.class) {
                users--;
            }
        }
    }

    /** The program of what was traced, which brings no numbers of the JVM but literals; to be closed after use. */
    public static synchronized Shared of(final Trace trace) {
        final double[] literals = trace.numbers();
        final Key key = new Key(trace.key(), Arrays.stream(literals).boxed().toList(), trace.names());
        Shared shared = ALL.get(key);
        if (shared == null) {
            shared = load(trace);
            ALL.put(new Key(key.trace().copy(), key.literals(), key.names()), shared);
        }
        shared.users++;
        forgetUnused();
        return shared;
    }

    private static Shared load(final Trace trace) {
        return new Shared(
                TorchWriter.writePart(Graph.of(trace), 0, TorchEngine.target(ai.djl.Device.cpu()), trace.variables()));
    }

    private static void forgetUnused() {
        final Iterator<Shared> oldestFirst = ALL.values().iterator();
        while (ALL.size() > MOST_PROGRAMS && oldestFirst.hasNext()) {
            final Shared shared = oldestFirst.next();
            if (shared.users == 0) {
                oldestFirst.remove();
                shared.module.close();
                shared.owner.close();
            }
        }
    }

    /** How many there are. */
    static synchronized int size() {
        return ALL.size();
    }
}
