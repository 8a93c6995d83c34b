# shellcheck shell=bash
#:   build [--all-platforms]          build the update site and the headless product; with --all-platforms the update
#:                                    site alone, with libtorch for Linux, Windows and macOS (fetches 190 MB)

source "${shared:?}/build.sh"
source "${shared:?}/product.sh"


main() {
    case ${1:-} in
        '')
            build_product
            say "Update site: $root/update-site/target/repository"
            say "Headless product with the feature installed: $product"
            ;;
        --all-platforms)
            build_site_of_all_platforms
            say "Update site: $root/update-site/target/repository"
            ;;
        *) die "Unknown option of build: $1. Known is --all-platforms." 2 ;;
    esac
}
