# shellcheck shell=bash
#:   test-platforms                   build the site of all platforms and install from it once for each (fetches 190 MB)

source "${shared:?}/build.sh"
source "${shared:?}/reports.sh"

main() {
    local status=0
    build_site_of_all_platforms
    forget_reports
    maven --projects :org.gradienttape.site-check test -Dtest=PlatformInstallTest || status=$?
    report "$status"
}
