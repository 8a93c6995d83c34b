# shellcheck shell=bash
#:   fuzz [MINUTES [SEED]]            give every reader damaged files for so many minutes (10), and print what went wrong

source "${shared:?}/build.sh"
source "${shared:?}/engine.sh"

main() {
    local classes=$root/releng/fuzz/target
    require java mvn npm
    prepare_build
    say "Building the readers ..."
    quiet_maven "$state/fuzz.log" package -DskipTests --also-make --projects :org.gradienttape.fuzz
    unlock_builds
    exec_java -Xmx1g "-Dgradienttape.root=$root" -cp "$classes/classes:$classes/dependency/*" \
        org.gradienttape.fuzz.Fuzz "$@"
}
