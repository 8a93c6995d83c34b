# shellcheck shell=bash
#:   backend                          print what the nodes compute with: engine, device, threads, native libraries

source "${shared:?}/product.sh"
source "${shared:?}/engine.sh"

main() {
    ensure_product
    find_java
    engine_environment
    exec_java -jar "$(launcher_jar)" -nosplash -data @none \
        -application org.gradienttape.report backend
}
