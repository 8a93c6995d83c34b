# shellcheck shell=bash
#:   run WORKFLOW_DIR [options]       run a KNIME workflow headless; builds and installs on first use
#:       -workflowDir=DIR               the workflow's folder, instead of the plain argument
#:       -tablesDir=DIR                 write every output: tables as CSV, images as PNG, others as text
#:       -viewsDir=DIR                  write every view as one HTML file with its data
#:       -option=NODEID,KEY,VALUE,TYPE  change a setting; KEY may be a path such as layers/0/size; TYPE is int, long,
#:                                      short, byte, boolean, char, float, double or String
#:       -workflow.variable=NAME,VALUE,TYPE
#:                                      set a workflow variable; TYPE is String, int or double
#:       -reset                         run again what was saved as executed
#:       -noexecute                     load and configure only
#:       -destDir=DIR                   save the executed workflow in another folder
#:       -save                          save the executed workflow in its own folder
#:       -nosave                        save nothing (the default)
#:       -failonloaderror[=true|false]  stop if a part of the workflow cannot be loaded (default: true)

source "${shared:?}/product.sh"
source "${shared:?}/engine.sh"
source "${shared:?}/datasets.sh"

# Prints the workflow folder among the arguments of run.
workflow_folder() {
    local argument
    for argument in "$@"; do
        case $argument in
            -workflowDir=*) printf '%s\n' "${argument#*=}" && return ;;
            -*) ;;
            *) printf '%s\n' "$argument" && return ;;
        esac
    done
}

# Whether a Dataset Reader of the workflow reads this named dataset (MNIST or FASHION_MNIST) from the default dataset folder.
needs_dataset() {
    local settings
    for settings in "$1"/*/settings.xml; do
        [[ -f $settings ]] || continue
        grep -q 'value="org\.gradienttape\.nodes\.datasetreader\.DatasetReaderNodeFactory"' "$settings" || continue
        grep -q "key=\"source\" type=\"xstring\" value=\"$2\"" "$settings" || continue
        grep -Eq 'key="datasetFolder" type="xstring" value="[^"]+"' "$settings" || return 0
    done
    return 1
}

# Whether a node of the workflow reads one of the tables that 'data tables' puts into the home folder.
needs_tables() { grep -qs 'value="~/\.gradienttape/datasets/tables/' "$1"/*/settings.xml; }

main() {
    local folder terminal=false options=()
    [[ $# -gt 0 ]] || die "Say which workflow to run: ./gradienttape run WORKFLOW_DIR [options]" 2
    ensure_product
    find_java
    folder=$(workflow_folder "$@")
    if [[ -n $folder ]] && needs_dataset "$folder" MNIST && ! has_dataset mnist; then
        "$root/gradienttape" data mnist || say "The run goes on; the Dataset Reader will say which files it misses."
    fi
    if [[ -n $folder ]] && needs_dataset "$folder" FASHION_MNIST && ! has_dataset fashion-mnist; then
        say "Fashion-MNIST is not in $datasets/fashion-mnist; './gradienttape data fashion-mnist' fetches it."
    fi
    if [[ -n $folder ]] && needs_tables "$folder" && ! datasets=$home/.gradienttape/datasets has_tables; then
        "$root/gradienttape" data tables --to "$home/.gradienttape/datasets" \
            || say "The run goes on; the Dataset Reader will say which file it misses."
    fi
    engine_environment
    if [[ -t 1 ]]; then
        terminal=true
        options+=("-Dgradienttape.columns=$(tput cols 2>/dev/null || printf 80)")
    fi
    exec_java "-Dgradienttape.terminal=$terminal" "${options[@]}" \
        -jar "$(launcher_jar)" -nosplash -data @none -application org.gradienttape.headless "$@"
}
