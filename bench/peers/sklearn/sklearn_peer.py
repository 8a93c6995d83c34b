#!/usr/bin/env python3
"""scikit-learn's networks with their defaults and standardized columns, for ./gradienttape bench learner.

usage: sklearn_peer.py FOLDER-OF-THE-TABLES FOLDER-TO-WRITE FIRST-SEED SPLITS
       sklearn_peer.py check
Writes TABLE.json for each table: for each of the seeded splits the rows of the training part and of the test part, and
the score on the test part, accuracy or R squared; of numbers also the score with a standardized target. Prints "ready
NAME" or "refused REASON".
"""
import csv
import json
import sys
import warnings
from pathlib import Path

TEST_PART = 0.2
OF_CLASSES = ["iris", "wine", "breast-cancer"]
OF_NUMBERS = ["diabetes"]

try:
    import numpy
    import sklearn
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.model_selection import train_test_split
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
except ImportError:
    print(f"refused {sys.executable} has no module sklearn. On Debian, type: apt-get install python3-sklearn")
    sys.exit(0)


def splits_of(file, of_classes, seeds):
    """The splits of a table, with what was scored."""
    rows = list(csv.reader(file.open()))[1:]
    features = numpy.array([[float(cell) for cell in row[:-1]] for row in rows])
    targets = numpy.array([row[-1] if of_classes else float(row[-1]) for row in rows])
    for seed in seeds:
        training, test = train_test_split(
            numpy.arange(len(rows)), test_size=TEST_PART, random_state=seed, stratify=targets if of_classes else None)

        def score(model):
            model.fit(features[training], targets[training])
            return model.score(features[test], targets[test])

        split = {"training": training.tolist(), "test": test.tolist()}
        if of_classes:
            split["score"] = score(make_pipeline(StandardScaler(), MLPClassifier(random_state=seed)))
        else:
            network = make_pipeline(StandardScaler(), MLPRegressor(random_state=seed))
            split["score"] = score(network)
            split["standardized"] = score(TransformedTargetRegressor(network, transformer=StandardScaler()))
        yield split


def main(tables, target, first, count):
    warnings.simplefilter("ignore")  # of 200 epochs, the default, which do not suffice everywhere
    seeds = range(int(first), int(first) + int(count))
    for table in OF_CLASSES + OF_NUMBERS:
        splits = list(splits_of(Path(tables) / f"{table}.csv", table in OF_CLASSES, seeds))
        (Path(target) / f"{table}.json").write_text(json.dumps({"version": sklearn.__version__, "splits": splits}))


if sys.argv[1:] != ["check"]:
    main(*sys.argv[1:])
print(f"ready scikit-learn {sklearn.__version__}")
