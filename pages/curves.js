/* The page of curves: charts of losses and of metrics with their controls, and a strip of images where there are some. */

const SERIES_COLORS = 8;
/** The charts from top to bottom: losses, metrics, all else. */
const PANELS = [
    {direction: "LOWER_IS_BETTER", title: "Loss"},
    {direction: "HIGHER_IS_BETTER", title: "Metrics"},
    {direction: "NONE", title: "Other values"},
];
const ARROWS = {ArrowLeft: -1, ArrowRight: 1};

/** All that a person can change. */
const state = {level: "STEP", smoothing: 0, logarithmic: false, hidden: new Set(), zoom: null};

function drawCurves(view, data) {
    const levels = ["STEP", "EPOCH"].filter(level => curvesOf(data.logs, level).length > 0);
    state.level = data.logs.some(log => log.level === "STEP") ? "STEP" : "EPOCH";
    const charts = element("div");
    let plots = [];

    function redraw() {
        plots.forEach(plot => plot.destroy());
        plots = drawPanels(charts, data, () => plots, redraw);
    }

    view.append(
        element("header", {}, element("h1", {}, data.title), element("p", {class: "quiet"}, summary(data.logs))),
        controls(data, levels, () => plots, redraw),
        charts);
    if (data.images.length > 0) {
        view.append(imageStrip(data.images, data.imagesMade));
    }
    if (Object.keys(data.backend).length > 0) {
        view.append(backendBlock(data.backend));
    }
    redraw();
    new ResizeObserver(() => plots.forEach(fit)).observe(charts);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

/** What computed the run, folded. */
function backendBlock(backend) {
    return element("details", {class: "backend"},
        element("summary", {}, "Backend"),
        element("table", {}, element("tbody", {}, ...Object.entries(backend).map(([property, value]) => element("tr", {},
            element("th", {scope: "row"}, property), element("td", {}, value))))));
}

/** For example "8 steps logged in 2 epochs". */
function summary(logs) {
    const runs = new Set(logs.map(log => log.run));
    return [...runs].map(run => {
        const log = logs.find(candidate => candidate.run === run);
        const epochs = new Set(log.epochs).size;
        const text = log.level === "STEP"
            ? `${counted(log.rows, "step")} logged in ${counted(epochs, "epoch")}`
            : counted(log.rows, log.level === "EPOCH" ? "epoch" : "row");
        return (runs.size > 1 ? `${run}: ${text}` : text) + thinned(log);
    }).join(" · ");
}

/** Says so if a log is too long to be drawn whole. */
function thinned(log) {
    return log.x.length < log.rows ? `; ${count(log.x.length)} of them are drawn, with all peaks` : "";
}

/** Gives a chart the width that there is. */
function fit(plot) {
    const width = plot.root.parentElement.clientWidth;
    if (width > 0 && width !== plot.width) {
        plot.setSize({width, height: plot.height});
    }
}

/** Levels, smoothing, logarithmic axis and zoom. */
function controls(data, levels, plots, redraw) {
    const bar = element("div", {class: "controls", role: "group", "aria-label": "What the charts show"});
    if (levels.length > 1 && data.logs.some(log => log.level !== "ROW")) {
        bar.append(element("fieldset", {class: "choice"},
            element("legend", {class: "hidden-text"}, "Points"),
            ...levels.map(level => element("label", {},
                element("input", {type: "radio", name: "level", value: level, checked: level === state.level,
                    onchange: () => change({level, zoom: null})}),
                element("span", {}, level === "STEP" ? "Per step" : "Per epoch")))));
    }
    const output = element("output", {}, "0");
    bar.append(
        element("label", {}, "Smoothing",
            element("input", {type: "range", min: 0, max: 0.99, step: 0.01, value: 0, id: "smoothing",
                oninput: event => {
                    output.textContent = event.target.value;
                    change({smoothing: Number(event.target.value)});
                }}),
            output),
        element("label", {},
            element("input", {type: "checkbox", id: "logarithmic",
                onchange: event => change({logarithmic: event.target.checked})}),
            "Logarithmic loss"),
        element("div", {class: "zoom"},
            element("output", {id: "range", "aria-live": "polite", "aria-label": "Shown"}),
            zoomButton("+", "Zoom in", plot => zoomBy(plot, ZOOM)),
            zoomButton("−", "Zoom out", plot => zoomBy(plot, 1 / ZOOM)),
            zoomButton("All", "Show all", plot => showRange(plot, ...fullRange(plot)))));
    return bar;

    function change(choice) {
        Object.assign(state, choice);
        redraw();
    }

    function zoomButton(text, title, zoom) {
        return element("button", {type: "button", title, "aria-label": title, onclick: () => plots().forEach(zoom)}, text);
    }
}

/** One panel for each kind of curve; returns their charts. */
function drawPanels(target, data, plots, redraw) {
    const curves = curvesOf(data.logs, state.level);
    const runs = new Set(curves.map(curve => curve.run));
    curves.forEach(curve => {
        curve.label = runs.size > 1 ? `${curve.run}: ${curve.name}` : curve.name;
    });
    target.replaceChildren();
    return PANELS.flatMap(({direction, title}) => {
        const panel = curves.filter(curve => curve.direction === direction);
        return panel.length > 0 ? drawPanel(target, panel, titleOf(panel, title), data, plots, redraw) : [];
    });
}

function drawPanel(target, curves, title, data, plots, redraw) {
    colorize(curves);
    const logarithmic = state.logarithmic && curves[0].direction === "LOWER_IS_BETTER";
    const log = data.logs.find(candidate => candidate.level === "STEP");
    const xTitle = state.level === "EPOCH" && log ? "Epoch" : xTitleOf(data.logs, log ? "STEP" : data.logs[0].level);
    const visible = curves.filter(curve => !state.hidden.has(curve.label));
    const legend = legendTable(curves, unitOf(xTitle), redraw);
    const chart = element("div", {class: "chart", tabindex: 0, role: "group",
        "aria-label": `Chart of ${title}${logarithmic ? ", logarithmic" : ""}. Arrow keys move the cursor, with Shift what is shown; plus and minus zoom,`
            + " 0 shows all. Drag to zoom, double-click to show all."});
    target.append(element("section", {"aria-label": title}, element("h2", {}, title), chart, legend.root));
    if (visible.length === 0) {
        chart.append(element("p", {class: "note"}, "All curves are hidden."));
        return [];
    }
    if (visible.every(curve => curve.values.every(value => value === null))) {
        chart.append(element("p", {class: "note"}, "There is nothing to draw: none of the cells holds a finite number."));
        return [];
    }
    const plot = drawChart(chart, {
        lines: visible.flatMap(curve => lines(curve, logarithmic)),
        xTitle,
        yTitle: logarithmic ? `${title}, logarithmic` : title,
        logarithmic,
        whole: true,
        zoom: state.zoom,
        starts: state.level === "STEP" && log ? epochStarts(log.epochs, log.x) : [],
        moved: row => legend.show(row === null ? null : plot.data[0][row]),
        zoomed: range => {
            state.zoom = range;
            document.getElementById("range").textContent = `${placeOf(xTitle)} ${shownRange(range, visible)}`;
        },
    });
    chart.addEventListener("keydown", event => key(event, plot, plots()));
    return [plot];
}

/** What x counts in the logs of a level; they may differ. */
function xTitleOf(logs, level) {
    return [...new Set(logs.filter(log => log.level === level).map(log => log.xTitle))].join(" or ");
}

/** The word for one place of the axis: Step, Logged step, Epoch, Row. */
function placeOf(xTitle) {
    return xTitle.replaceAll(" over all epochs", "");
}

/** The same within a sentence. */
function unitOf(xTitle) {
    return placeOf(xTitle).toLowerCase();
}

/** For example "0 to 1,550"; never beyond the places that there are, since a single one has room around it. */
function shownRange(range, curves) {
    const first = Math.min(...curves.map(curve => curve.x[0]));
    const last = Math.max(...curves.map(curve => curve.x[curve.x.length - 1]));
    const ends = range.map(end => Math.min(Math.max(Math.round(end), first), last));
    return [...new Set(ends)].map(count).join(" to ");
}

/** Curves of the same run and quantity share a color; validation is dashed. */
function colorize(curves) {
    const keys = [...new Set(curves.map(curve => `${curve.run} ${curve.base}`))];
    curves.forEach(curve => {
        curve.color = color(`--series-${keys.indexOf(`${curve.run} ${curve.base}`) % SERIES_COLORS}`);
        curve.dash = curve.validation ? [7, 4] : undefined;
    });
}

/** What all curves of a panel show, or a word for them. */
function titleOf(curves, word) {
    const bases = new Set(curves.map(curve => curve.base));
    const name = curves[0].name.replace(VALIDATION, "");
    return bases.size === 1 ? name[0].toUpperCase() + name.slice(1) : word;
}

/** The curve as it is; if it is smoothed, faint behind its smooth form. */
function lines(curve, logarithmic) {
    const values = logarithmic ? aboveZero(curve.values) : curve.values;
    const line = {...curve, values, width: 1.75, alpha: 1};
    if (state.smoothing === 0) {
        return [line];
    }
    return [{...line, width: 1, alpha: 0.3}, {...line, values: smoothed(values, state.smoothing), width: 2.25, derived: true}];
}

/** What the keys do; the charts stay together. */
function key(event, focused, plots) {
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) {
        plots.forEach(plot => panBy(plot, arrow / 4));
    } else if (arrow) {
        const x = nextRow(focused, arrow);
        plots.forEach(plot => moveCursor(plot, x));
    } else if (event.key === "+" || event.key === "=") {
        plots.forEach(plot => zoomBy(plot, ZOOM));
    } else if (event.key === "-") {
        plots.forEach(plot => zoomBy(plot, 1 / ZOOM));
    } else if (event.key === "0") {
        plots.forEach(plot => showRange(plot, ...fullRange(plot)));
    } else {
        return;
    }
    event.preventDefault();
}
