package org.gradienttape.torch.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A processor of AMD is known by what Linux and Windows say of it. */
class AmdProcessorTest {
    @Test
    void linuxSaysTheFamilyOfEachCore() {
        assertThat(AmdProcessor.family("processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\n"
                        + "\nprocessor\t: 1\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\n"))
                .hasValue(25);
    }

    @Test
    void windowsSaysItInOneLine() {
        assertThat(AmdProcessor.family("AMD64 Family 26 Model 68 Stepping 0, AuthenticAMD"))
                .hasValue(26);
    }

    @Test
    void othersHaveNone() {
        assertThat(AmdProcessor.family("vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 143\n"))
                .isEmpty();
        assertThat(AmdProcessor.family("Intel64 Family 6 Model 143 Stepping 8, GenuineIntel"))
                .isEmpty();
        assertThat(AmdProcessor.family("vendor_id\t: AuthenticAMD\n")).isEmpty();
        assertThat(AmdProcessor.family("")).isEmpty();
    }
}
