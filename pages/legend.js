/* The table under a chart: which curve is which, its value at the cursor, and its last, lowest and highest value. */

function legendTable(curves, unit, redraw) {
    const place = element("th", {scope: "col", "aria-live": "polite"}, "At cursor");
    const rows = curves.map(legendRow);
    const root = element("div", {class: "legend"}, element("table", {},
        element("thead", {}, element("tr", {},
            element("th", {scope: "col"}, curves.some(curve => curve.mean) ? "Mean of the logged steps" : "Curve"),
            place,
            ...["Last", "Lowest", `at ${unit}`, "Highest", `at ${unit}`].map(title => element("th", {scope: "col"}, title)))),
        element("tbody", {}, ...rows.map(row => row.root))));
    return {root, show};

    function legendRow(curve) {
        const shown = !state.hidden.has(curve.label);
        const found = extremes(curve.x, curve.values);
        const value = element("td", {class: "value"}, "–");
        const cells = found
            ? [measure(found.last.value), measure(found.low.value), count(found.low.x), measure(found.high.value),
                count(found.high.x)]
            : ["–", "–", "–", "–", "–"];
        const toggle = element("button", {type: "button", "aria-pressed": String(shown), title: "Show or hide",
            onclick: () => {
                (shown ? state.hidden.add(curve.label) : state.hidden.delete(curve.label));
                redraw();
                [...document.querySelectorAll(".legend button")]
                    .find(button => button.textContent === curve.label)?.focus();
            }}, swatch(curve), curve.label);
        return {
            curve,
            value,
            root: element("tr", {}, element("td", {}, toggle), value, ...cells.map(cell => element("td", {}, cell))),
        };
    }

    /** Shows the values at a place of the x axis. */
    function show(x) {
        place.textContent = x === null ? "At cursor" : `At ${unit} ${count(x)}`;
        rows.forEach(({curve, value}) => {
            const i = x === null ? -1 : indexOf(curve.x, x);
            const number = i < 0 ? null : curve.values[i];
            value.textContent = number === null ? "–" : measure(number);
        });
    }
}

/** The index of a number in rising numbers; -1 if it is not among them. */
function indexOf(sorted, wanted) {
    let from = 0;
    let to = sorted.length - 1;
    while (from <= to) {
        const middle = (from + to) >> 1;
        if (sorted[middle] === wanted) {
            return middle;
        }
        [from, to] = sorted[middle] < wanted ? [middle + 1, to] : [from, middle - 1];
    }
    return -1;
}

/** A short piece of the curve's line. */
function swatch(curve) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", 26);
    svg.setAttribute("height", 8);
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    const shape = {x1: 0, y1: 4, x2: 26, y2: 4, stroke: curve.color, "stroke-width": 3};
    Object.entries(shape).forEach(([key, value]) => line.setAttribute(key, value));
    if (curve.dash) {
        line.setAttribute("stroke-dasharray", "7 3");
    }
    svg.append(line);
    return svg;
}
