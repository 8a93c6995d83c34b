# shellcheck shell=bash
#:   test [Maven options]             run the whole test suite

source "${shared:?}/build.sh"
source "${shared:?}/engine.sh"
source "${shared:?}/datasets.sh"
source "${shared:?}/reports.sh"

# The launcher and .ci/run are what ShellCheck takes for right. Where it cannot be had, that is said and no failure.
check_scripts() {
    if [[ -z $(find_command shellcheck) ]] && may_install; then install_packages shellcheck || true; fi
    if [[ -z $(find_command shellcheck) ]]; then
        say "The launcher's scripts are not checked, since shellcheck is not installed."
        return
    fi
    (cd "$root" && shellcheck --check-sourced gradienttape releng/commands/*.sh .ci/run) && return
    say "ShellCheck complains of the launcher's scripts, as above."
    return 1
}

main() {
    local status=0
    provide java mvn npm chromium chromedriver
    check_scripts || status=1
    prepare_build
    "$root/gradienttape" data mnist
    "$root/gradienttape" data fashion-mnist
    "$root/gradienttape" data tables
    engine_environment
    forget_reports
    # The format comes last, so that a line that is too long does not keep the tests from running.
    maven verify --fail-at-end -Dspotless.check.skip "-Dgradienttape.datasets=$(cd "$datasets" && pwd)" \
        "-Dgradienttape.natives=$DJL_CACHE_DIR" "$@" || status=$?
    if ! maven --quiet spotless:check --projects :org.gradienttape; then
        say "The format of some sources is not the project's. ./gradienttape format repairs it."
        status=1
    fi
    report "$status"
}
