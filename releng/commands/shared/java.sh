# shellcheck shell=bash
# The Java of this machine.

source "${shared:?}/machine.sh"

# Sets java to the command that starts it.
find_java() {
    require java
    java=$(find_command java)
}

# Java as find_java finds it is a JDK that is new enough; Maven takes the same.
check_jdk() {
    local properties version
    find_java
    properties=$("$java" -XshowSettings:properties -version 2>&1) || die "$java does not run: $properties"
    version=$(sed -n 's/^ *java.specification.version = //p' <<<"$properties")
    [[ $version =~ ^[0-9]+$ && $version -ge 17 ]] \
        || die "A JDK 17 or newer is needed, $java is Java ${version:-unknown}. Set JAVA_HOME to a newer one."
    JAVA_HOME=$(sed -n 's/^ *java.home = //p' <<<"$properties")
    export JAVA_HOME
    [[ -x $JAVA_HOME/bin/javac ]] || die "A JDK is needed, $java has no compiler beside it. \
Install a JDK 17 or newer (Debian: default-jdk-headless), or set JAVA_HOME to one."
}
