package org.gradienttape.bench;

import java.nio.file.Path;
import java.util.List;

/** Another library, in a process of its own: bench/peers holds the programs. */
enum Peer {
    TENSORFLOW("TensorFlow-Java") {
        @Override
        List<String> command() {
            return java("tensorflow", "TensorFlowPeer");
        }
    },
    DL4J("DL4J") {
        @Override
        List<String> command() {
            return java("dl4j", "Dl4jPeer");
        }
    },
    /** Debian's python3-torch; the environment variable GRADIENTTAPE_PYTHON names another Python. */
    PYTORCH("PyTorch in Python") {
        @Override
        List<String> command() {
            return List.of(
                    System.getenv().getOrDefault("GRADIENTTAPE_PYTHON", "/usr/bin/python3"),
                    Results.root()
                            .resolve("bench/peers/pytorch/pytorch_peer.py")
                            .toString());
        }
    };

    private final String label;

    Peer(final String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The program without its arguments. */
    abstract List<String> command();

    private static List<String> java(final String module, final String main) {
        final Path target =
                Results.root().resolve("releng/bench-peers").resolve(module).resolve("target");
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                target.resolve("classes") + ":" + target.resolve("dependency") + "/*",
                "org.gradienttape.bench.peers." + main);
    }
}
