package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {
    /** A master of Spark within the driver has no workers of its own, or some that the settings of this machine do not reach. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "local[2]", "local[*]", "local-cluster[2,1,1024]"})
    void aMasterWithinTheDriverIsRefused(final String master) {
        assertThatThrownBy(() -> new ClusterConfig(master, 2, 512, 60, 200))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The master must be \"this machine\" or an address such as spark://host:7077, but it is "
                        + master + ".");
    }
}
