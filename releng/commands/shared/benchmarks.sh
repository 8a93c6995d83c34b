# shellcheck shell=bash
# The programs of bench/.

source "${shared:?}/machine.sh"

benchmark_sources=$root/bench/org/gradienttape/bench

# The names of all benchmarks: that of GanQualityBenchmark is gan-quality.
benchmarks() {
    (cd "$benchmark_sources" && printf '%s\n' *Benchmark.java) \
        | sed 's/Benchmark\.java$//; s/\B[A-Z]/-&/g; s/.*/\L&/' | paste -sd ' '
}
