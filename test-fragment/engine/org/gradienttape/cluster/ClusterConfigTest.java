package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {
    /** Spark's masters within the driver have no workers, or some that others can reach. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "local",
                "local[2]",
                "local[*]",
                "local-cluster[2,1,1024]",
                "host:7077",
                "spark://",
                "spark://host",
                "spark://host:port",
                "spark://one:7077,two",
                "spark://:7077",
                "Yarn"
            })
    void whatIsNoClusterIsRefused(final String master) {
        assertThatThrownBy(() -> new ClusterConfig(master, 2, 512, 60, 200))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The master must be \"this machine\" or an address such as spark://host:7077, but it is "
                        + master + ".");
    }

    /** Which is for ever; in milliseconds it would be negative, and no master would answer. */
    @Test
    void aLimitThatSocketsDoNotTakeIsRefused() {
        assertThat(new ClusterConfig("yarn", 2, 512, 1_000_000, 200).limit()).isEqualTo(1_000_000);
        assertThatThrownBy(() -> new ClusterConfig("yarn", 2, 512, Integer.MAX_VALUE, 200))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The time limit in seconds must be at most 1000000, but it is 2147483647.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ClusterConfig.THIS_MACHINE,
                "spark://host:7077",
                "spark://one:7077,two:7077",
                "spark://[::1]:7077",
                "k8s://https://host",
                "yarn"
            })
    void whatSparkTakesIsTaken(final String master) {
        assertThat(new ClusterConfig(master, 2, 512, 60, 200).master()).isEqualTo(master);
    }
}
