/* The page of scores: the metrics of predictions with their confidence intervals, and confusion matrices or points. */

const WHOLE = "All rows";

/** What a person has chosen: the group that is shown, null for the whole table, and the metric of all groups. */
const chosen = {group: null, metric: 0};

function drawScores(view, data) {
    const body = element("div");
    let plots = [];
    const bar = element("div", {class: "controls", role: "group", "aria-label": "What is shown"});
    const groups = [...new Set(data.runs.flatMap(run => run.parts).map(part => part.group))];
    if (groups.length > 1) {
        bar.append(
            choice("Group", "group", groups.map(group => group ?? WHOLE), place => change({group: groups[place]})),
            choice("Metric of all groups", "metric", data.runs[0].parts[0].scores.map(score => score.metric),
                place => change({metric: place})));
    }
    view.append(
        element("header", {}, element("h1", {}, data.title), element("p", {class: "quiet"}, scoresSummary(data.runs))),
        groups.length > 1 ? bar : "",
        body);
    change({});
    new ResizeObserver(() => plots.forEach(fit)).observe(body);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => change({}));

    function change(choices) {
        Object.assign(chosen, choices);
        plots.forEach(plot => plot.destroy());
        const points = pointSections(data.runs, chosen.group);
        body.replaceChildren(...scoreSections(data.runs), ...points.sections);
        plots = points.draw();
    }
}

/** For example "10,000 samples, 10 classes". */
function scoresSummary(runs) {
    return runs.map(run => {
        const texts = [counted(run.parts[0].scores[0].samples, "sample")];
        if (run.classes > 0) {
            texts.push(run.classes === 1 ? "1 class" : `${count(run.classes)} classes`);
        }
        if (run.groups > 0) {
            texts.push(counted(run.groups, "group"));
        }
        return (runs.length > 1 ? `${run.name}: ` : "") + texts.join(", ");
    }).join(" · ");
}

function choice(title, id, texts, changed) {
    return element("label", {}, title, element("select", {id, onchange: event => changed(Number(event.target.value))},
        ...texts.map((text, place) => element("option", {value: place}, text))));
}

function scoreSections(runs) {
    const name = chosen.group;
    const shown = runs.map(run => ({run, part: partOf(run, name)}));
    const of = name === null ? "" : ` of group ${name}`;
    const sections = [section(`Metrics${of}`, note(), scoresTable(["Metric"], metricRows(runs, shown)))];
    if (runs.some(run => run.groups > 0)) {
        sections.push(groupsSection(runs, name));
    }
    for (const {run, part} of shown.filter(({run}) => run.shownClasses.length > 0)) {
        sections.push(section(`Confusion matrix${of}${runs.length > 1 ? `, ${run.name}` : ""}`, matrixNote(run),
            confusionMatrix(part.pairs, run.shownClasses, run.shownClasses.length < run.classes)));
    }
    return sections;

    function note() {
        const empty = shown.filter(({part}) => part.scores.length === 0).map(({run}) => run.name);
        return "Mark and bar: value and confidence interval, on a line from 0, or the lowest number below it, to 1, or the largest"
            + " number above it."
            + (empty.length > 0 ? ` ${empty.join(", ")}: this group is not there, or not shown.` : "");
    }
}

/** One row per metric and run, those of a metric together. */
function metricRows(runs, shown) {
    const metrics = [...new Set(shown.flatMap(({part}) => part.scores).map(score => score.metric))];
    return metrics.flatMap(metric => shown.flatMap(({run, part}) => part.scores
        .filter(score => score.metric === metric)
        .map(score => ({names: names(runs, run, metric), score, scale: scaleOf(runs, metric)}))));
}

/** The part of a run with this group name; one without numbers if the run has no such group. */
function partOf(run, name) {
    return run.parts.find(part => part.group === name) ?? {scores: [], pairs: []};
}

/** One metric of all groups. */
function groupsSection(runs, name) {
    const metric = runs[0].parts[0].scores[chosen.metric].metric;
    const scale = scaleOf(runs, metric);
    const most = Math.max(...runs.map(run => run.groups));
    const shown = Math.max(...runs.map(run => run.parts.length - 1));
    const rows = runs.flatMap(run => run.parts.filter(part => part.group !== null).map(part => ({
        names: names(runs, run, part.group),
        score: part.scores.find(score => score.metric === metric),
        scale,
        chosen: part.group === name,
    })));
    const note = shown < most ? `${count(shown)} of ${count(most)} groups are shown, evenly apart.` : "";
    return section(`${metric} of all groups`, note, scoresTable(["Group"], rows));
}

function matrixNote(run) {
    const cut = run.shownClasses.length < run.classes
        ? ` The ${count(run.shownClasses.length)} of ${count(run.classes)} classes that are confused most are shown.` : "";
    return `Rows are true classes, columns predicted ones; the stronger the color, the larger the share of the row.${cut}`;
}

function names(runs, run, name) {
    return runs.length > 1 ? [name, run.name] : [name];
}

/** From 0 to 1 or, if something lies beyond, from the lowest or to the largest number of this metric. */
function scaleOf(runs, metric) {
    const numbers = runs.flatMap(run => run.parts).flatMap(part => part.scores)
        .filter(score => score.metric === metric)
        .flatMap(score => [score.low, score.value, score.high]);
    return [Math.min(0, ...numbers), Math.max(1, ...numbers)];
}

function scoresTable(titles, rows) {
    const all = rows.some(row => row.names.length > 1) ? [...titles, "Run"] : titles;
    return element("div", {class: "scroll"}, element("table", {class: "scores"},
        element("thead", {}, element("tr", {},
            ...[...all, "", "Value", "Interval", "Samples"].map(title => element("th", {scope: "col"}, title)))),
        element("tbody", {}, ...rows.map(scoreRow))));
}

function scoreRow({names, score, scale, chosen: marked}) {
    return element("tr", marked ? {"aria-current": "true"} : {},
        element("th", {scope: "row"}, names[0]),
        ...names.slice(1).map(name => element("td", {class: "run"}, name)),
        element("td", {class: "place"}, interval(score, scale)),
        element("td", {class: "value"}, score.value === null ? "–" : measure(score.value)),
        element("td", {class: "ends"}, score.low === null ? "–" : `${measure(score.low)} – ${measure(score.high)}`),
        element("td", {}, count(score.samples)));
}

/** A mark on a line along the scale, on a bar that is its confidence interval. */
function interval(score, [from, to]) {
    const place = number => `${Math.min(100, Math.max(0, (100 * (number - from)) / (to - from))).toFixed(2)}%`;
    const line = element("span", {class: "line", "aria-hidden": "true"});
    if (score.low !== null) {
        line.append(element("span", {class: "bar", style: `left: ${place(score.low)}; right: calc(100% - ${place(score.high)})`}));
    }
    if (score.value !== null) {
        line.append(element("span", {class: "mark", style: `left: ${place(score.value)}`}));
    }
    return line;
}

function section(title, note, ...content) {
    return element("section", {"aria-label": title},
        element("h2", {}, title), note ? element("p", {class: "quiet"}, note) : "", ...content);
}
