/* Predicted numbers as points: against the true ones, and their residuals. */

const POINTS_HEIGHT = 340;
/** Room around the points, as a share of what they span. */
const ROOM = 0.05;

/**
 * Both charts of the points of one part of the runs; nothing if no run has points there.
 *
 * @param name of the group, null for all rows
 * @returns sections, and what draws the charts once these are on the page and returns them
 */
function pointSections(runs, name) {
    const clouds = runs.map((run, i) => ({name: run.name, color: color(`--series-${i % SERIES_COLORS}`), ...pointsOf(run, name)}))
        .filter(cloud => cloud.targets.length > 0);
    if (clouds.length === 0) {
        return {sections: [], draw: () => []};
    }
    const of = name === null ? "" : ` of group ${name}`;
    const reading = element("p", {class: "quiet", "aria-live": "polite"}, "Move the pointer over a chart to read its points.");
    const against = element("div", {class: "chart", role: "img", "aria-label": `Predicted numbers against true ones${of}`});
    const residuals = element("div", {class: "chart", role: "img", "aria-label": `Residuals against predicted numbers${of}`});
    const sections = [element("div", {class: "points"},
        section(`Predicted against true${of}`, "On the dashed line, both numbers are equal.", against),
        section(`Residuals${of}`, "Predicted less true number; on the dashed line, there is no difference.", residuals)),
    ...cloudLegend(clouds), reading, ...sampleNote(clouds)];
    return {sections, draw};

    function draw() {
        const both = room(clouds.flatMap(cloud => [...cloud.targets, ...cloud.predicted]));
        const predicted = room(clouds.flatMap(cloud => cloud.predicted));
        const farthest = room(clouds.flatMap(cloud => cloud.targets.map((target, i) => Math.abs(cloud.predicted[i] - target))))[1];
        return [
            drawPoints(against, {
                clouds: clouds.map(cloud => ({...cloud, x: cloud.targets, y: cloud.predicted})),
                titles: ["True", "Predicted"], ranges: [both, both], line: [both, both], read}),
            drawPoints(residuals, {
                clouds: clouds.map(cloud => ({...cloud, x: cloud.predicted, y: cloud.targets.map((target, i) => cloud.predicted[i] - target)})),
                titles: ["Predicted", "Predicted − true"], ranges: [predicted, [-farthest, farthest]], line: [predicted, [0, 0]], read}),
        ];
    }

    function read(cloud, i) {
        const run = clouds.length > 1 ? `${cloud.name}: ` : "";
        reading.textContent = `${run}true ${measure(cloud.targets[i])}, predicted ${measure(cloud.predicted[i])},`
            + ` difference ${measure(cloud.predicted[i] - cloud.targets[i])}`;
    }
}

/** The points of one group, or all; and how many rows there are. */
function pointsOf(run, name) {
    const {parts, targets, predicted} = run.points ?? {parts: [], targets: [], predicted: []};
    const part = run.parts.findIndex(candidate => candidate.group === name);
    const rows = part < 0 ? 0 : run.parts[part].scores[0].samples;
    const taken = numbers => numbers.filter((number, i) => name === null || parts[i] === part);
    return {targets: taken(targets), predicted: taken(predicted), rows};
}

function cloudLegend(clouds) {
    return clouds.length === 1 ? [] : [element("p", {class: "clouds"}, ...clouds.map(cloud =>
        element("span", {}, element("span", {class: "dot", style: `background: ${cloud.color}`}), cloud.name)))];
}

function sampleNote(clouds) {
    return clouds.filter(cloud => cloud.targets.length < cloud.rows).map(cloud => element("p", {class: "quiet"},
        `${clouds.length > 1 ? `${cloud.name}: ` : ""}${count(cloud.targets.length)} of ${count(cloud.rows)} rows are drawn,`
            + " a random sample and the rows with the largest errors."));
}

/** From the lowest to the highest number, and some room. */
function room(numbers) {
    const low = numbers.reduce((least, number) => Math.min(least, number), Infinity);
    const high = numbers.reduce((most, number) => Math.max(most, number), -Infinity);
    const around = ROOM * (high - low || Math.abs(high) || 1);
    return [low - around, high + around];
}

/**
 * Draws one chart.
 *
 * @param options.clouds points x and y of each run
 * @param options.line x and y of both ends of the dashed line
 * @param options.read is called with a cloud and the place of one of its points when the pointer is near it
 */
function drawPoints(target, {clouds, titles, ranges, line, read}) {
    const rows = clouds.flatMap((cloud, series) => cloud.x.map((x, i) => ({x, y: cloud.y[i], series, i}))).sort((a, b) => a.x - b.x);
    const axis = axisStyle();
    let near = null;
    return new uPlot(
        {
            width: target.clientWidth,
            height: POINTS_HEIGHT,
            padding: [8, 16, 0, 0],
            legend: {show: false},
            scales: {
                x: {time: false, range: () => ranges[0]},
                y: {range: () => ranges[1]},
            },
            axes: titles.map((label, i) => ({...axis, label, size: i ? 62 : 34, labelSize: 20,
                values: (self, ticks) => ticks.map(measure)})),
            series: [{}, ...clouds.map(cloud => ({
                label: cloud.name,
                stroke: cloud.color,
                alpha: 0.6,
                paths: () => null,
                points: {show: true, size: 5, width: 0, fill: cloud.color},
            }))],
            cursor: {
                drag: {x: false, y: false},
                points: {size: 9, fill: (self, i) => clouds[i - 1].color, stroke: color("--page"), width: 2},
                dataIdx: (self, series, row) => {
                    if (series <= 1) {
                        near = nearest(self, rows);
                    }
                    return series === 0 ? row : near !== null && rows[near].series === series - 1 ? near : null;
                },
            },
            hooks: {
                drawAxes: [self => dashedLine(self, line)],
                setCursor: [() => near !== null && read(clouds[rows[near].series], rows[near].i)],
            },
        },
        [rows.map(row => row.x), ...clouds.map((cloud, series) => rows.map(row => (row.series === series ? row.y : null)))],
        target);
}

/** The place of the row that is nearest to the pointer; null if it is not over the chart. */
function nearest(plot, rows) {
    const {left, top} = plot.cursor;
    if (left < 0 || top < 0) {
        return null;
    }
    let best = null;
    let least = Infinity;
    rows.forEach((row, i) => {
        const distance = (plot.valToPos(row.x, "x") - left) ** 2 + (plot.valToPos(row.y, "y") - top) ** 2;
        if (distance < least) {
            [best, least] = [i, distance];
        }
    });
    return best;
}

function dashedLine(plot, [x, y]) {
    const {ctx} = plot;
    ctx.save();
    ctx.strokeStyle = color("--quiet");
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(plot.valToPos(x[0], "x", true), plot.valToPos(y[0], "y", true));
    ctx.lineTo(plot.valToPos(x[1], "x", true), plot.valToPos(y[1], "y", true));
    ctx.stroke();
    ctx.restore();
}
