# shellcheck shell=bash
#:   bench NAME [arguments]           run a benchmark: BENCHMARKS;
#:                                    mlp, mlp-wide, gan, lstm and residual take how many rounds to measure, fashion
#:                                    how many epochs, and all --peers to set other libraries beside ours

source "${shared:?}/benchmarks.sh"
source "${shared:?}/build.sh"
source "${shared:?}/engine.sh"
source "${shared:?}/datasets.sh"

# PyTorch in Python with a fast BLAS, which is installed where that may be done; else says what is missing.
provide_pytorch() {
    local python=${GRADIENTTAPE_PYTHON:-/usr/bin/python3} check=$root/bench/peers/pytorch/pytorch_peer.py answer
    answer=$("$python" "$check" check 2>&1 || true)
    if [[ $answer != ready* && -z ${GRADIENTTAPE_PYTHON:-} ]] && may_install; then
        install_packages python3-torch libopenblas0-pthread || true
        answer=$("$python" "$check" check 2>&1 || true)
    fi
    [[ $answer == ready* ]] || say "PyTorch in Python will not take part: ${answer#refused }"
}

# scikit-learn, which is installed where that may be done; else ends with what is missing.
provide_sklearn() {
    local python=${GRADIENTTAPE_PYTHON:-/usr/bin/python3} check=$root/bench/peers/sklearn/sklearn_peer.py answer
    answer=$("$python" "$check" check 2>&1 || true)
    if [[ $answer != ready* && -z ${GRADIENTTAPE_PYTHON:-} ]] && may_install; then
        install_packages python3-sklearn || true
        answer=$("$python" "$check" check 2>&1 || true)
    fi
    [[ $answer == ready* ]] || die "The learner is compared with scikit-learn's scores: ${answer#refused }"
}

main() {
    local name=${1:-} names main classes peers=false
    names=$(benchmarks)
    [[ -n $name && " $names " == *" $name "* ]] || die "Say which benchmark to run, one of: ${names// /, }" 2
    shift
    main=$(sed 's/\b[a-z]/\u&/g; s/-//g' <<<"$name")Benchmark
    require java mvn npm
    case " $* " in *' --peers '*) peers=true ;; esac
    if $peers; then provide_pytorch; fi
    if [[ $name == views ]]; then provide chromium; fi
    if [[ $name == learner ]]; then
        provide_sklearn
        has_tables || "$root/gradienttape" data tables
    fi
    prepare_build
    say "Building the benchmark ..."
    quiet_maven "$state/bench.log" package -DskipTests --also-make --projects :org.gradienttape.bench
    if $peers; then
        say "Building the peers (the first time, some hundred megabytes are fetched) ..."
        quiet_maven "$state/bench-peers.log" -Ppeers package --projects \
            :org.gradienttape.bench-peers,:org.gradienttape.bench-peers.tensorflow,:org.gradienttape.bench-peers.dl4j
    fi
    has_dataset mnist || "$root/gradienttape" data mnist
    if [[ $name == fashion ]]; then has_dataset fashion-mnist || "$root/gradienttape" data fashion-mnist; fi
    engine_environment
    unlock_builds
    classes=$root/releng/bench/target
    exec_java "-Dgradienttape.datasets=$datasets" \
        "-Dgradienttape.root=$root" -cp "$classes/classes:$classes/dependency/*" "org.gradienttape.bench.$main" "$@"
}
