# shellcheck shell=bash
# The reports of the tests of a build.

source "${shared:?}/machine.sh"

# Sums one attribute over the test suites of all reports.
report_sum() {
    find "$root" -path '*/target/surefire-reports/TEST-*.xml' -not -path "$state/*" \
        -exec grep -ho -m 1 '<testsuite [^>]*>' {} + \
        | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

forget_reports() {
    find "$root" -type d -path '*/target/surefire-reports' -not -path "$state/*" -prune -exec rm -rf {} +
}

# Prints how many tests passed; the status is that of the build, or 1 if a test failed or none ran.
report() {
    local status=$1 tests failed skipped
    tests=$(report_sum tests)
    failed=$(($(report_sum failures) + $(report_sum errors)))
    skipped=$(report_sum skipped)
    if ((tests == 0 && status == 0)); then
        say "No test ran."
        status=1
    fi
    if ((failed > 0 && status == 0)); then status=1; fi
    printf '%d passed, %d failed' $((tests - failed - skipped)) "$failed"
    if ((skipped > 0)); then printf ', %d skipped' "$skipped"; fi
    printf '\n'
    return "$status"
}
