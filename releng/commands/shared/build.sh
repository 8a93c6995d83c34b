# shellcheck shell=bash
# Maven, and builds with it.

source "${shared:?}/java.sh"

maven_version=3.9.11
locked= # not empty while this process is the one that builds

product_modules=(.engine '' .host .natives.linux.x86_64 .natives.feature .feature .spark .spark.jars .spark.feature
    .update-site .headless)
other_natives=(.natives.linux.aarch64 .natives.win32.x86_64 .natives.macosx.aarch64)

# Sets mvn to the Maven to use, the installed one if it is 3.9 or newer, otherwise one fetched with it.
find_maven() {
    local installed version
    require mvn
    installed=$(find_command mvn)
    version=$("$installed" --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' || true)
    mvn=$installed
    if [[ ! $version =~ ^3\.(9|[1-9][0-9]+)$ ]]; then
        mvn=$state/apache-maven-$maven_version/bin/mvn
        [[ -x $mvn ]] || fetch_maven "$installed"
    fi
}

fetch_maven() {
    local folder=$state/maven.part
    say "Fetching Maven $maven_version for this build (the installed one does not fit) ..."
    rm -rf "$folder"
    mkdir -p "$folder/.mvn" # keeps Maven from taking up the options of this checkout
    # Newer versions of this plug-in ask for a Maven that is newer, too.
    (cd "$folder" && "$1" -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.1.2:copy \
        "-Dartifact=org.apache.maven:apache-maven:$maven_version:tar.gz:bin" "-DoutputDirectory=$folder") >&2 \
        || die "Maven $maven_version could not be fetched. Check the network, or install Maven 3.9 by hand."
    tar --no-same-owner -xzf "$folder/apache-maven-$maven_version-bin.tar.gz" -C "$folder"
    rm -rf "$state/apache-maven-$maven_version"
    mv "$folder/apache-maven-$maven_version" "$state/"
    rm -rf "$folder"
}

# One build of this checkout at a time: waits for the other one to end.
lock_builds() {
    make_state
    if [[ -n $locked ]] || ! command -v flock >/dev/null; then return; fi
    locked=yes
    exec 9>"$state/build.lock"
    if ! flock --nonblock 9; then
        say "Waiting for another build of this checkout to end ..."
        flock 9
    fi
}

unlock_builds() {
    locked=
    exec 9>&-
}

# Everything a build needs to begin; also forgets class files, so that those of deleted sources do not live on.
prepare_build() {
    require java mvn npm
    check_jdk
    lock_builds
    find_maven
    find "$root" -path "$state" -prune -o -type d \
        \( -path '*/target/classes' -o -path '*/target/test-classes' \) -prune -exec rm -rf {} +
    # Equinox takes a bundle with the same version and time for the same, and would remember its old plugin.xml.
    rm -rf "$root/test-fragment/target/work"
}

# The last part of the version of what is built: the time of the commit, or of the build if something has changed since.
build_qualifier() {
    local epoch=${SOURCE_DATE_EPOCH:-}
    if [[ -z $epoch && -z $(git -C "$root" status --porcelain 2>&1) ]]; then
        epoch=$(git -C "$root" log -1 --format=%ct)
    fi
    date --utc ${epoch:+--date="@$epoch"} +%Y%m%d%H%M
}

maven() {
    (cd "$root" && "$mvn" --batch-mode --no-transfer-progress "-DforceContextQualifier=$(build_qualifier)" "$@")
}

# Runs Maven with its output in a log file; shows the errors if it fails.
quiet_maven() {
    local log=$1
    shift
    if ! maven "$@" >"$log" 2>&1; then
        grep -E '^\[ERROR\] .' "$log" | awk '!seen[$0]++' | sed '/To see the full stack trace/,$d' | head -n 30 >&2 || true
        die "The build failed. The whole output is in $log"
    fi
}

modules() { printf ':org.gradienttape%s,' "$@"; }

build_site_of_all_platforms() {
    local log=$state/build.log
    prepare_build
    say "Building the update site of all platforms (log: $log) ..."
    quiet_maven "$log" package -Pall-platforms -Dmaven.test.skip \
        --projects "$(modules "${product_modules[@]}" "${other_natives[@]}")"
}
