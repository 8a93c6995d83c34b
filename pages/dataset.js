/* The page of a dataset: how many samples each class has, and some of the samples. */

function drawDataset(view, data) {
    view.append(element("header", {}, element("h1", {}, data.title), element("p", {class: "quiet"}, data.name)));
    for (const part of data.parts) {
        view.append(partSection(part, data.classNames));
    }
}

function partSection(part, classNames) {
    const section = element("section", {class: part.kind === "HELD_OUT" ? "held-out" : "", "aria-label": part.title},
        element("h2", {}, part.title),
        element("p", {class: "quiet"}, part.summary));
    if (part.samples > 0) {
        section.append(element("div", {class: "columns"},
            histogram(part, classNames),
            part.rows.length > 0 ? numbers(part.rows, classNames) : pictures(part.pictures, classNames)));
    }
    return section;
}

/** One bar per class, as long as its share of the largest class. */
function histogram(part, classNames) {
    const most = Math.max(...part.counts);
    return element("div", {class: "histogram"}, element("table", {},
        element("caption", {class: "hidden-text"}, `Samples per class, ${part.title}`),
        element("thead", {}, element("tr", {},
            ...["Class", "Samples", "", "Share"].map(title => element("th", {scope: "col"}, title)))),
        element("tbody", {}, ...part.counts.map((samples, label) => element("tr", {},
            element("th", {scope: "row"}, classNames[label]),
            element("td", {}, element("span", {class: "bar", style: `width: ${(100 * samples) / most}%`})),
            element("td", {}, count(samples)),
            element("td", {}, `${((100 * samples) / part.samples).toFixed(1)} %`))))));
}

/** The first images of each class, one class per row. */
function pictures(classes, classNames) {
    const left = classNames.length - classes.length;
    return element("div", {class: "scroll"}, element("table", {class: "samples"},
        element("thead", {}, element("tr", {},
            element("th", {scope: "col"}, "Class"), element("th", {scope: "col", colspan: 10}, "First samples"))),
        element("tbody", {}, ...classes.map(shown => element("tr", {},
            element("th", {scope: "row", title: classNames[shown.label]}, classNames[shown.label]),
            ...shown.pictures.map(picture => element("td", {}, element("img", {
                src: `data:image/png;base64,${picture.png}`,
                alt: `Sample ${count(picture.sample)}, class ${classNames[shown.label]}`,
                title: `Sample ${count(picture.sample)}`,
            }))))))),
    left > 0 ? element("p", {class: "quiet"}, `Classes that are not shown: ${count(left)}`) : "");
}

/** The first samples that are no images, as the numbers that are stored. */
function numbers(rows, classNames) {
    const features = rows[0].features;
    return element("div", {class: "scroll"}, element("table", {},
        element("thead", {}, element("tr", {},
            ...["Sample", "Class", ...features.map((nothing, i) => `Feature ${count(i)}`)]
                .map(title => element("th", {scope: "col"}, title)))),
        element("tbody", {}, ...rows.map(row => element("tr", {},
            element("td", {}, count(row.sample)),
            element("td", {}, classNames[row.label]),
            ...row.features.map(feature => element("td", {}, measure(Number(feature)))))))));
}

open(drawDataset);
