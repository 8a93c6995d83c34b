# shellcheck shell=bash
# What the machine has, and what is missing on it.

root=${root:?} # the checkout, set by the launcher
state=$root/.gradienttape # everything that the launcher makes, apart from the target folders

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$1"
    exit "${2:-1}"
}

# The path of a command; nothing if it is not there.
find_command() {
    case $1 in
        java) if [[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/java ]]; then printf '%s\n' "$JAVA_HOME/bin/java" && return; fi ;;
    esac
    command -v "$1" && return
    case $1 in
        mvn) if [[ -n ${MAVEN_HOME:-} && -x $MAVEN_HOME/bin/mvn ]]; then printf '%s\n' "$MAVEN_HOME/bin/mvn"; fi ;;
        chromium) command -v chromium-browser || command -v google-chrome || true ;;
    esac
}

# Sets missing to those commands that are not there, and packages to what Debian calls them.
find_missing() {
    local name
    missing=() packages=()
    for name; do
        [[ -z $(find_command "$name") ]] || continue
        missing+=("$name")
        case $name in
            java) packages+=(default-jdk-headless) ;;
            mvn) packages+=(maven) ;;
            chromedriver) packages+=(chromium-driver) ;;
            *) packages+=("$name") ;;
        esac
    done
}

# Ends with one sentence if one of these commands is missing.
require() {
    local missing packages names sudo='sudo '
    find_missing "$@"
    ((${#missing[@]} > 0)) || return 0
    names=${missing[*]}
    if is_root; then sudo=; fi
    if command -v apt-get >/dev/null; then
        die "Not found: ${names// /, }. Type: ${sudo}apt-get install ${packages[*]}"
    fi
    die "Not found: ${names// /, }. Install what brings them (Debian's names: ${packages[*]})."
}

is_root() { [[ $(id -u) == 0 ]]; }

# Whether Debian packages may be installed here.
may_install() { is_root && command -v apt-get >/dev/null; }

# Installs Debian packages; says why if that fails.
install_packages() {
    local log=$state/apt-get.log
    make_state
    say "Installing what is missing: apt-get install $* (log: $log) ..."
    if ! {
        export DEBIAN_FRONTEND=noninteractive
        apt-get update || true # what an earlier update found may do
        apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
    } >"$log" 2>&1; then
        say "That failed: $(grep -m 1 -E '^(W: Failed|E:)' "$log" || tail -n 1 "$log")"
        return 1
    fi
}

# Installs what is missing of these commands, where that may be done; ends with one sentence if one is missing then.
provide() {
    local missing packages
    find_missing "$@"
    if ((${#missing[@]} > 0)) && may_install; then
        install_packages "${packages[@]}" || die "Check the network, then type: apt-get update; apt-get install ${packages[*]}"
    fi
    require "$@"
}

make_state() {
    mkdir -p "$state" 2>/dev/null || true
    [[ -w $state ]] \
        || die "Nothing can be written into $state, where the build works. Use a copy of the checkout in a folder of your own."
}
