# shellcheck shell=bash
#:   generate                         make those files again that are made from others: docs/nodes with the pictures of
#:                                    the dialogs, the settings that nodes save, the test workflows, the icons, the
#:                                    pictures of example workflows

source "${shared:?}/build.sh"
source "${shared:?}/engine.sh"

# Runs the tests that make files out of the nodes, which fail if a file has changed, and puts the files into their places.
main() {
    local made=$root/test-fragment/target/generated log=$state/generate.log
    prepare_build
    engine_environment
    rm -rf "$made"
    say "Making the files (log: $log) ..."
    maven verify --fail-at-end -Dspotless.check.skip -Dtest='DialogPicturesTest,GuidePicturesTest,IconsTest,NodePagesTest,SettingsTest,TestflowFilesTest' \
        -Dsurefire.failIfNoSpecifiedTests=false \
        --projects "$(modules '' .icons .host .natives.linux.x86_64 .tests)" >"$log" 2>&1 || true
    [[ -d $made ]] || die "The tests could not be run. The whole output is in $log"
    cp -R "$made"/. "$root"
    (cd "$made" && find . -type f -print0) | xargs -0 git -C "$root" status --short -- 2>/dev/null || true
}
