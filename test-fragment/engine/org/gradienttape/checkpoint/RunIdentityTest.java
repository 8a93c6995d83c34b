package org.gradienttape.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradienttape.state.Memory;
import org.gradienttape.state.RunState;
import org.junit.jupiter.api.Test;

class RunIdentityTest {
    private static RunState kept(final RunIdentity identity) {
        final Memory memory = Memory.empty();
        identity.keep(memory);
        memory.integer("step", 7);
        return memory.state();
    }

    @Test
    void theSameRunDiffersInNothing() {
        final RunIdentity run = new RunIdentity().with("the seed", 1).withSum("the code", "return x;");
        final RunIdentity again =
                new RunIdentity().withSum("the code", "return x;").with("the seed", 1);

        assertThat(again.differenceTo(kept(run))).isEmpty();
    }

    /** The sum of a text is of no use to a person. */
    @Test
    void whatDiffersIsNamedInTheOrderOfTheNames() {
        final RunIdentity before = new RunIdentity()
                .with("the batch size", 32)
                .with("the loss", "Huber")
                .withSum("the code", "return x;");
        final RunIdentity now =
                new RunIdentity().with("the batch size", 64).with("the seed", 1).withSum("the code", "return 2 * x;");

        assertThat(now.differenceTo(kept(before)))
                .isEqualTo(
                        "the batch size was 32 and is 64, the code was another one, the loss is gone, the seed is new");
    }

    @Test
    void ofManyDifferencesFourAreNamed() {
        final RunIdentity four =
                new RunIdentity().with("a", 1).with("b", 1).with("c", 1).with("d", 1);
        final String named = "a is new, b is new, c is new, d is new";

        assertThat(four.differenceTo(kept(new RunIdentity()))).isEqualTo(named);
        assertThat(four.with("e", 1).with("f", 1).differenceTo(kept(new RunIdentity())))
                .isEqualTo(named + " and 2 more");
    }
}
