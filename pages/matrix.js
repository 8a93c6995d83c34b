/* A confusion matrix as a heat map: one row per true class, shaded by its share of the row. */

const NOT_SHOWN = -1;

/**
 * The cells of the matrix: for each true class the samples predicted as each class and, if some classes are not shown, in
 * the last column those predicted as one of these.
 */
function matrixRows(pairs, classes, others) {
    const rows = classes.map(() => new Array(classes.length + (others ? 1 : 0)).fill(0));
    for (const [label, predicted, samples] of pairs) {
        rows[label][predicted === NOT_SHOWN ? classes.length : predicted] = samples;
    }
    return rows;
}

/** @param others whether there are classes that are not shown */
function confusionMatrix(pairs, classes, others) {
    const columns = others ? [...classes, "Others"] : classes;
    return element("div", {class: "scroll", tabindex: 0, role: "group", "aria-label": "Confusion matrix"},
        element("table", {class: "matrix"},
            element("caption", {class: "hidden-text"}, "How many samples of each true class were predicted as each class"),
            element("thead", {},
                element("tr", {}, element("td", {}),
                    element("th", {scope: "colgroup", colspan: columns.length}, "Predicted class"), element("td", {})),
                element("tr", {}, element("th", {scope: "col"}, "True class"),
                    ...columns.map(name => element("th", {scope: "col", title: name}, name)),
                    element("th", {scope: "col"}, "Recall"))),
            element("tbody", {}, ...matrixRows(pairs, classes, others).map((row, label) => matrixRow(row, label, columns)))));
}

function matrixRow(row, label, columns) {
    const samples = row.reduce((sum, cell) => sum + cell, 0);
    return element("tr", {},
        element("th", {scope: "row", title: columns[label]}, columns[label]),
        ...row.map((cell, predicted) => element("td", {
            class: predicted === label ? "hit" : "miss",
            style: `--share: ${samples ? Math.sqrt(cell / samples).toFixed(3) : 0}`,
            title: `${columns[label]} predicted as ${columns[predicted]}: ${count(cell)} of ${count(samples)}`,
        }, count(cell))),
        element("td", {}, samples ? percent(row[label] / samples) : "–"));
}

function percent(share) {
    return `${(100 * share).toFixed(1)} %`;
}
