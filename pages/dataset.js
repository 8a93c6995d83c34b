/* The page of a dataset: how its targets are distributed, and some of the samples. */

function drawDataset(view, data) {
    view.append(element("header", {}, element("h1", {}, data.title), element("p", {class: "quiet"}, data.name)));
    for (const part of data.parts) {
        view.append(partSection(part));
    }
}

function partSection(part) {
    const section = element("section", {class: part.kind === "HELD_OUT" ? "held-out" : "", "aria-label": part.title},
        element("h2", {}, part.title),
        element("p", {class: "quiet"}, part.summary));
    if (part.samples > 0) {
        section.append(element("div", {class: "columns"},
            element("div", {class: "histogram"}, ...part.targets.map(target => histogram(part, target))),
            part.rows.rows.length > 0 ? rows(part.rows) : pictures(part)));
    }
    return section;
}

/** One bar per class or range of numbers, as long as its share of the largest one. */
function histogram(part, target) {
    const most = Math.max(...target.bars.map(bar => bar.samples));
    return element("table", {},
        element("caption", {class: "hidden-text"}, `Samples per ${target.target}, ${part.title}`),
        element("thead", {}, element("tr", {},
            ...[target.target, "Samples", "", "Share"].map(title => element("th", {scope: "col"}, title)))),
        element("tbody", {}, ...target.bars.map(bar => element("tr", {},
            element("th", {scope: "row"}, bar.name),
            element("td", {}, element("span", {class: "bar", style: `width: ${(100 * bar.samples) / most}%`})),
            element("td", {}, count(bar.samples)),
            element("td", {}, `${((100 * bar.samples) / part.samples).toFixed(1)} %`)))));
}

/** The first images of each class, one class per row. */
function pictures(part) {
    const left = part.targets.reduce((all, target) => all + target.bars.length, 0) - part.pictures.length;
    return element("div", {class: "scroll"}, element("table", {class: "samples"},
        element("thead", {}, element("tr", {},
            element("th", {scope: "col"}, "Class"), element("th", {scope: "col", colspan: 10}, "First samples"))),
        element("tbody", {}, ...part.pictures.map(shown => element("tr", {},
            element("th", {scope: "row", title: shown.name}, shown.name),
            ...shown.pictures.map(picture => element("td", {}, element("img", {
                src: `data:image/png;base64,${picture.png}`,
                alt: `Sample ${count(picture.sample)}, class ${shown.name}`,
                title: `Sample ${count(picture.sample)}`,
            }))))))),
    left > 0 ? element("p", {class: "quiet"}, `Classes that are not shown: ${count(left)}`) : "");
}

/** The first samples that are no images. */
function rows(shown) {
    return element("div", {class: "scroll"}, element("table", {},
        element("thead", {}, element("tr", {},
            ...["Sample", ...shown.columns].map(title => element("th", {scope: "col"}, title)))),
        element("tbody", {}, ...shown.rows.map(row => element("tr", {},
            element("td", {}, count(row.sample)),
            ...row.cells.map(cell => element("td", {}, cellText(cell))))))),
    shown.more > 0 ? element("p", {class: "quiet"}, `Features that are not shown: ${count(shown.more)}`) : "");
}

function cellText(cell) {
    return cell === null ? "?" : typeof cell === "number" ? measure(cell) : cell;
}

open(drawDataset);
