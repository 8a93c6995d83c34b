/* One chart of several curves over the same axis, drawn by uPlot. */

const CHART_HEIGHT = 270;
/** A chart with more epochs than this marks none of them. */
const MOST_EPOCH_MARKS = 40;
/** A zoom step of the buttons and keys. */
const ZOOM = 0.5;

/** Reads a color of the page's style. */
function color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function axisStyle() {
    const font = "12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
    const line = {stroke: color("--grid"), width: 1};
    return {stroke: color("--quiet"), font, labelFont: font, grid: line, ticks: {...line, stroke: color("--line")}};
}

/** The rows of all curves on one axis: x first; curves of runs that lack an x have no value there and are drawn on. */
function aligned(curves) {
    if (curves.every(curve => curve.x === curves[0].x)) {
        return [curves[0].x, ...curves.map(curve => curve.values)];
    }
    return uPlot.join(curves.map(curve => [curve.x, curve.values]));
}

/** Marks where epochs begin. */
function epochMarks(starts) {
    return plot => {
        if (starts.length > MOST_EPOCH_MARKS) {
            return;
        }
        const {ctx, bbox} = plot;
        ctx.save();
        ctx.strokeStyle = color("--line");
        ctx.setLineDash([4, 4]);
        ctx.beginPath();
        for (const start of starts) {
            const x = Math.round(plot.valToPos(start.x, "x", true)) + 0.5;
            if (x > bbox.left && x < bbox.left + bbox.width) {
                ctx.moveTo(x, bbox.top);
                ctx.lineTo(x, bbox.top + bbox.height);
            }
        }
        ctx.stroke();
        ctx.restore();
    };
}

/**
 * Draws a chart.
 *
 * @param options.lines curves with color, width, dash and alpha, drawn in this order; derived ones get no point at the
 *     cursor, since the values there are those of the log
 * @param options.zoom [from, to] of the x axis, or null for all of it
 * @param options.moved is called with the index of the row at the cursor, or null
 * @param options.zoomed is called with the new [from, to]
 */
function drawChart(target, options) {
    const {lines, xTitle, yTitle, logarithmic, whole, zoom, starts, moved, zoomed} = options;
    const data = aligned(lines);
    const axis = axisStyle();
    const plot = new uPlot(
        {
            width: target.clientWidth,
            height: CHART_HEIGHT,
            padding: [8, 30, 0, 0],
            legend: {show: false},
            scales: {
                x: {time: false, range: (self, min, max) => rangeOf(self.data[0], min, max)},
                y: {distr: logarithmic ? 3 : 1},
            },
            axes: [
                {...axis, label: xTitle, size: 34, labelSize: 20, incrs: whole ? wholeSteps() : undefined,
                    values: (self, ticks) => ticks.map(tick => tick.toLocaleString("en"))},
                {...axis, label: yTitle, size: 62, labelSize: 20,
                    values: (self, ticks) => ticks.map(tick => (tick === null ? "" : measure(tick)))},
            ],
            series: [
                {},
                ...lines.map(line => ({
                    label: line.name,
                    stroke: line.color,
                    width: line.width,
                    dash: line.dash,
                    alpha: line.alpha,
                    points: {size: 6, fill: line.color},
                })),
            ],
            cursor: {
                y: false,
                drag: {x: true, y: false, dist: 4},
                points: {size: (self, i) => (lines[i - 1].derived ? 0 : 8), fill: (self, i) => lines[i - 1].color, stroke: color("--page"), width: 2},
                sync: {key: "views", scales: ["x", null]},
            },
            hooks: {
                drawAxes: [epochMarks(starts)],
                setCursor: [self => moved(self.cursor.idx ?? null)],
                setScale: [(self, key) => key === "x" && zoomed([self.scales.x.min, self.scales.x.max])],
            },
        },
        data,
        target);
    if (zoom) {
        plot.setScale("x", {min: zoom[0], max: zoom[1]});
    }
    return plot;
}

/** A single place gets some room on both sides; uPlot would show 0 to 100. */
function rangeOf(x, min, max) {
    if (x.length === 1) {
        return [x[0] - 0.5, x[0] + 0.5];
    }
    return min === max ? [min - 0.5, max + 0.5] : [min, max];
}

function wholeSteps() {
    return [1, 2, 5].flatMap(digit => Array.from({length: 9}, (nothing, power) => digit * 10 ** power)).sort((a, b) => a - b);
}

/** The whole x axis of a chart. */
function fullRange(plot) {
    const x = plot.data[0];
    return [x[0], x[x.length - 1]];
}

/** Narrows (factor below 1) or widens what a chart shows, around the middle, never beyond its data. */
function zoomBy(plot, factor) {
    const {min, max} = plot.scales.x;
    const middle = (min + max) / 2;
    const half = ((max - min) / 2) * factor;
    showRange(plot, middle - half, middle + half);
}

/** Moves what a chart shows by a share of its width. */
function panBy(plot, share) {
    const {min, max} = plot.scales.x;
    const [first, last] = fullRange(plot);
    const move = Math.min(Math.max((max - min) * share, first - min), last - max);
    showRange(plot, min + move, max + move);
}

function showRange(plot, from, to) {
    const [first, last] = fullRange(plot);
    plot.setScale("x", {min: Math.max(from, first), max: Math.min(to, last)});
}

/** The place of the row so many rows behind the cursor; among the rows that are shown. */
function nextRow(plot, rows) {
    const x = plot.data[0];
    const {min, max} = plot.scales.x;
    const first = x.findIndex(place => place >= min);
    const next = plot.cursor.idx == null ? first : plot.cursor.idx + rows;
    return Math.min(Math.max(x[Math.min(Math.max(next, 0), x.length - 1)], min), max);
}

function moveCursor(plot, x) {
    plot.setCursor({left: plot.valToPos(x, "x"), top: 0});
}
