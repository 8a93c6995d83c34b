# shellcheck shell=bash
#:   test-reproducible                build the last commit twice and compare the two update sites byte by byte

source "${shared:?}/build.sh"

main() {
    local site name sums=()
    check_jdk
    find_maven
    git -C "$root" rev-parse --quiet --verify HEAD >/dev/null || die "This is not a git checkout."
    twice=$(mktemp -d) # not local: the trap needs it after this function has ended
    trap 'rm -rf "$twice"' EXIT
    for name in first second/elsewhere; do
        site=$twice/$name
        mkdir -p "$site"
        git -C "$root" archive HEAD | tar -x -C "$site"
        say "Building commit $(git -C "$root" rev-parse --short HEAD) in $site ..."
        SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct) root=$site state=$twice/state \
            quiet_maven "$twice/build.log" package -DskipTests --projects "$(modules "${product_modules[@]}")"
        sums+=("$(site_sums "$site/update-site/target/repository")")
    done
    printf '%s\n' "${sums[0]}"
    [[ ${sums[0]} == "${sums[1]}" ]] || die "The second build differs:
$(diff <(printf '%s\n' "${sums[0]}") <(printf '%s\n' "${sums[1]}"))"
    printf 'Both builds gave the same bytes.\n'
}

# SHA-256 of every file of an update site; of the two indexes without the time at which they were written.
site_sums() {
    (
        cd "$1" || exit
        find . -type f ! -name content.jar ! -name artifacts.jar -print0 | sort -z | xargs -0 sha256sum
        for index in content artifacts; do
            unzip -p "$index.jar" "$index.xml" | grep -v "name='p2.timestamp'" | sha256sum | sed "s/-\$/.\/$index.xml/"
        done
    )
}
