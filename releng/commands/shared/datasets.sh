# shellcheck shell=bash
# The folder of datasets, and what is in it.

source "${shared:?}/machine.sh"

home=~ # also without HOME
datasets=${GRADIENTTAPE_DATASETS:-$home/.gradienttape/datasets}
mnist_files=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)

has_dataset() {
    local file
    for file in "${mnist_files[@]}"; do
        [[ -s $datasets/$1/$file || -s $datasets/$1/$file.gz ]] || return 1
    done
}

has_tables() {
    local table
    for table in iris wine breast-cancer{,-benign,-mixed} diabetes sea-temperatures{,-later} mails; do
        [[ -s $datasets/tables/$table.csv ]] || return 1
    done
}
