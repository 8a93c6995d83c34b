# shellcheck shell=bash
# Java with what the engine needs around it.

source "${shared:?}/datasets.sh"
source "${shared:?}/java.sh"

# No display, nothing from the network; a young generation of fixed size keeps the process from growing while it trains;
# the last three keep newer versions of Java from warning about native code.
java_options=(
    -Djava.awt.headless=true -Dai.djl.offline=true -Xmn32m
    -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
)

# Goes on as Java, as find_java found it.
exec_java() { exec "$java" "${java_options[@]}" "$@"; }

# What the engine needs from its surroundings: no second thread spinning, no call home, one place for libtorch and
# for datasets.
engine_environment() {
    export GRADIENTTAPE_DATASETS=$datasets
    export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE} OPT_OUT_TRACKING=true
    export DJL_CACHE_DIR=${DJL_CACHE_DIR:-$state/natives}
}
