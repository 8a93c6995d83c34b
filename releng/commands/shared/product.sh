# shellcheck shell=bash
# The headless product: Equinox, the host, and our feature installed as KNIME would.

source "${shared:?}/build.sh"
source "${shared:?}/engine.sh"

product=$state/headless

# What the product is made of: one of these newer than the product means that it is built again.
product_sources=(
    src nodes templates pages pages/libraries/package-lock.json icons META-INF plugin.xml build.properties pom.xml .mvn LICENSE NOTICE
    host/api host/runner host/META-INF host/plugin.xml host/build.properties host/pom.xml
    natives/pom.xml natives/linux-x86_64/META-INF natives/linux-x86_64/pom.xml natives/linux-x86_64/build.properties
    natives/feature/feature.xml natives/feature/p2.inf natives/feature/pom.xml
    features/org.gradienttape.feature/feature.xml features/org.gradienttape.feature/pom.xml
    spark releng/engine/pom.xml releng/spark/pom.xml
    features/org.gradienttape.spark.jars/META-INF features/org.gradienttape.spark.jars/pom.xml
    features/org.gradienttape.spark.feature/feature.xml features/org.gradienttape.spark.feature/p2.inf
    features/org.gradienttape.spark.feature/pom.xml
    update-site/category.xml update-site/pom.xml headless/headless.product headless/pom.xml
    releng/pom.xml releng/gradienttape.target
)

launcher_jar() {
    local jars=("$product"/plugins/org.eclipse.equinox.launcher_*.jar)
    printf '%s\n' "${jars[0]}"
}

product_is_current() {
    local path existing=()
    [[ -e $product/.complete ]] || return 1
    for path in "${product_sources[@]}"; do
        if [[ -e $root/$path ]]; then existing+=("$root/$path"); fi
    done
    [[ -z $(find "${existing[@]}" -path "$root/pages/libraries" -prune -o -newer "$product/.complete" -print -quit) ]]
}

build_product() {
    local log=$state/build.log
    prepare_build
    : >"$state/build.start" # a source that changes while we build is newer than the product
    say "Building GradientTape Nodes (log: $log) ..."
    quiet_maven "$log" package -Dmaven.test.skip --projects "$(modules "${product_modules[@]}")"
    say "Installing the feature from update-site/target/repository into the headless product ..."
    rm -rf "$product"
    cp -R "$root"/headless/target/products/org.gradienttape.headless/*/*/*/ "$product"
    (exec_java -jar "$(launcher_jar)" -nosplash \
        -application org.eclipse.equinox.p2.director -repository "$(file_url "$root/update-site/target/repository")" \
        -installIU org.gradienttape.feature.feature.group -destination "$product") >>"$log" 2>&1 \
        || die "The feature could not be installed from the update site. The whole output is in $log"
    rm -f "$product"/configuration/*.log
    mv "$state/build.start" "$product/.complete"
}

# The URL of a folder, with every byte escaped that may not stand in one.
file_url() {
    local LC_ALL=C path=$1 url=file: i byte
    for ((i = 0; i < ${#path}; i++)); do
        byte=${path:i:1}
        case $byte in
            [A-Za-z0-9/._~-]) url+=$byte ;;
            *) url+=$(printf '%%%02X' "$(($(printf %d "'$byte") & 255))") ;;
        esac
    done
    printf '%s\n' "$url"
}

# Builds the product if there is none or a source is newer.
ensure_product() {
    product_is_current && return
    lock_builds
    product_is_current || build_product
    unlock_builds
}
