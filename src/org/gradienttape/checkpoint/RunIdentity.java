package org.gradienttape.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.gradienttape.state.Memory;
import org.gradienttape.state.RunState;

/** What makes a run this run: all that its numbers depend on, but how long it is. */
public final class RunIdentity {
    private static final String PART = "identity";
    private static final String DIGEST = "sha256:";
    private static final int MOST_NAMED = 4;

    private final Map<String, String> facts = new LinkedHashMap<>();

    /**
     * A setting.
     *
     * @param name with an article, for example "the seed"
     */
    public RunIdentity with(final String name, final Object value) {
        facts.put(name, value.toString());
        return this;
    }

    /** A long text, of which only a sum is kept. */
    public RunIdentity withSum(final String name, final String text) {
        return withSum(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes, of which only a sum is kept. */
    public RunIdentity withSum(final String name, final byte[] bytes) {
        try {
            final byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
            facts.put(name, DIGEST + HexFormat.of().formatHex(sum));
            return this;
        } catch (final NoSuchAlgorithmException never) { // every Java has it
            throw new IllegalStateException(never);
        }
    }

    void keep(final Memory memory) {
        final Memory part = memory.part(PART);
        facts.forEach(part::text);
    }

    /** In what a kept run is another one, for example "the seed was 1 and is 2"; empty if it is this run. */
    String differenceTo(final RunState kept) {
        final Map<String, String> before = new LinkedHashMap<>();
        kept.values().forEach((name, value) -> {
            if (name.startsWith(PART + "/") && value instanceof String text) {
                before.put(name.substring(PART.length() + 1), text);
            }
        });
        final TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(facts.keySet());
        final List<String> differences = new ArrayList<>();
        for (final String name : names) {
            if (!Objects.equals(before.get(name), facts.get(name))) {
                differences.add(difference(name, before.get(name), facts.get(name)));
            }
        }
        final int more = differences.size() - MOST_NAMED;
        return String.join(", ", differences.subList(0, Math.min(MOST_NAMED, differences.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String difference(final String name, final String before, final String now) {
        if (before == null || now == null) {
            return name + (before == null ? " is new" : " is gone");
        }
        return before.startsWith(DIGEST) || now.startsWith(DIGEST)
                ? name + " was another one"
                : name + " was " + before + " and is " + now;
    }
}
