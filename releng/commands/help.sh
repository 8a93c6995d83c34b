# shellcheck shell=bash
#:   help                             print this
#:
#: exit codes of run: 0 done, 1 could not build, 2 wrong argument, 3 workflow not loaded,
#:                    4 a node failed or the run was cancelled
#:
#: environment variables:
#:   JAVA_HOME                the JDK to use
#:   GRADIENTTAPE_DATASETS    the folder of datasets; by default ~/.gradienttape/datasets
#:   DJL_CACHE_DIR            the folder into which libtorch is unpacked; by default .gradienttape/natives
#:   PYTORCH_LIBRARY_PATH     the folder lib of another libtorch, for a GPU
#:   GRADIENTTAPE_PYTHON      the Python whose PyTorch the benchmarks compare with; by default /usr/bin/python3
#:   SOURCE_DATE_EPOCH        the time in the versions of what is built; by default that of the commit

source "${shared:?}/benchmarks.sh"

in_order=(run train-on-spark backend test test-platforms test-reproducible data bench fuzz build format generate help)

# Each command's file says in lines that begin with #: what the command does.
main() {
    local name names files=()
    names=$(benchmarks)
    for name in "${in_order[@]}"; do files+=("$commands/$name.sh"); done
    printf 'usage: ./gradienttape COMMAND\n\n'
    sed -n "s/BENCHMARKS/${names// /, }/; s/^#: \?//p" "${files[@]}"
}
