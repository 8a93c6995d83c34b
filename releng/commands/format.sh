# shellcheck shell=bash
#:   format                           format the Java sources

source "${shared:?}/build.sh"


main() {
    check_jdk
    find_maven
    maven spotless:apply --projects :org.gradienttape
}
