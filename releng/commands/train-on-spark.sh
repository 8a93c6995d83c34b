# shellcheck shell=bash
#:   train-on-spark OPTIONS           train a model file on a dataset, shared by workers of Spark; --NAME=VALUE each:
#:       --model=FILE                   the model to start from, as the Model Writer writes it
#:       --training=DIR                 the dataset to learn from
#:       --validation=DIR               the dataset to measure on, if there is one
#:       --settings=FILE                what differs from the trainer's defaults, as JSON; see docs/guide/spark.md
#:       --step=FILE                    the step, as a Java file with one class, such as those in templates/ (the standard step)
#:       --loss=FILE                    the loss, likewise; it takes the place of that of the settings
#:       --metrics=FILE                 more metrics, likewise
#:       --java=refuse                  refuses Java code, also that of layers of the model (run)
#:       --folder=DIR                   the run's own folder, which all workers see; a run that ended goes on from it
#:       --output=FILE                  where the trained model goes
#:       --spark=FILE                   bin/spark-submit of an installation of Spark 3.5 or 4.0
#:       --master=URL                   such as spark://host:7077 (this machine)
#:       --workers=N                    how many share each batch (2)
#:       --memory=MB                    of one worker (1024)
#:       --limit=SECONDS                after which somebody who does not answer is given up (60)
#:       --checkpoint-every=N           steps (200)

source "${shared:?}/build.sh"
source "${shared:?}/engine.sh"

main() {
    local jars=$root/releng/spark/target/jars
    [[ $# -gt 0 ]] || die "Say what to train: ./gradienttape train-on-spark --model=FILE ...; 'help' lists the options" 2
    require java mvn
    if [[ ! -e $jars/gradienttape-spark.jar
        || -n $(find "$root/src" "$root/spark" -newer "$jars/gradienttape-spark.jar" -print -quit) ]]; then
        prepare_build
        say "Building the workers ..."
        quiet_maven "$state/spark.log" package -Dmaven.test.skip --projects "$(modules .engine .spark)"
        unlock_builds
    fi
    find_java
    engine_environment
    exec_java "-Dgradienttape.spark.jars=$jars" -cp "$jars/*" org.gradienttape.spark.TrainOnSpark "$@"
}
