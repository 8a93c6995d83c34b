/* The picture of layers and what flows between them: of a network that branches, or of the layers within one in Java. */

const BOX = {width: 172, height: 42};
const SPACE = {across: 20, down: 30};
/** How far a line bows that would run through boxes. */
const BOW = 160;

/** @param boxes the input, layers and the output, with the names of those that each takes */
function graphPicture(boxes) {
    place(boxes);
    const lines = boxes.flatMap(box => box.from.map(source => partLine(boxes.find(other => other.name === source), box)));
    const right = Math.max(...boxes.map(box => box.x)) + BOX.width + 1;
    const bottom = Math.max(...boxes.map(box => box.y)) + BOX.height + 1;
    const bows = lines.some(line => line.bows) ? BOW / 2 : 0;
    const svg = document.createElementNS(SVG, "svg");
    set(svg, {
        class: "parts",
        viewBox: `${-bows - 1} -1 ${right + 2 * bows + 2} ${bottom + 2}`,
        width: right + 2 * bows + 2,
        role: "img",
        "aria-label": boxes.slice(1).map(box => `${box.label} from ${box.from.map(name => nameOf(boxes, name)).join(", ")}`)
            .join("; "),
    });
    svg.append(...lines.map(line => line.path), ...boxes.map(partBox));
    return svg;
}

function nameOf(boxes, name) {
    return boxes.find(box => box.name === name).label;
}

/** @param described a layer in Java as it stands in a model file */
function partsPicture(described) {
    return graphPicture([
        {name: "", label: "Input", type: "Input", shape: described.input_shape, from: []},
        ...described.parts.map(part => ({
            name: part.name,
            label: part.name,
            type: part.layer?.type ?? part.class,
            shape: part.output_shape,
            from: part.from,
        })),
        {name: null, label: "Output", type: "Output", shape: described.output_shape, from: described.output_from},
    ]);
}

/** Each below all that it takes. */
function place(boxes) {
    boxes.forEach(box => placeInLevel(box, boxes, []));
    const levels = Math.max(...boxes.map(box => box.level)) + 1;
    const rows = Array.from({length: levels}, (_, level) => boxes.filter(box => box.level === level));
    const widest = Math.max(...rows.map(row => row.length));
    rows.forEach((row, level) => row.forEach((box, i) => {
        box.x = (i + (widest - row.length) / 2) * (BOX.width + SPACE.across);
        box.y = level * (BOX.height + SPACE.down);
    }));
}

/** A shared layer can take what comes after it; such a way back does not push it down. */
function placeInLevel(box, boxes, path) {
    if (box.level !== undefined || path.includes(box)) {
        return box.level ?? -1;
    }
    const sources = boxes.filter(other => box.from.includes(other.name));
    box.level = 1 + Math.max(-1, ...sources.map(source => placeInLevel(source, boxes, [...path, box])));
    return box.level;
}

function partBox(box) {
    const kind = `var(${kindOf(box.type)})`;
    const group = document.createElementNS(SVG, "g");
    const frame = document.createElementNS(SVG, "rect");
    set(frame, {x: box.x, y: box.y, width: BOX.width, height: BOX.height, rx: 6, class: "part"});
    const edge = document.createElementNS(SVG, "rect");
    set(edge, {x: box.x, y: box.y, width: 4, height: BOX.height, fill: box.level === 0 || box.name === null ? "var(--text)" : kind});
    group.append(frame, edge, partText(box, 17, "part-type", box.type),
        partText(box, 34, "part-name", `${box.name ? `${shortened(box.name)} · ` : ""}${shapeText(box.shape) || "one number"}`));
    return group;
}

function shortened(name) {
    return name.length > 18 ? `…${name.slice(-17)}` : name;
}

function partText(box, down, style, content) {
    const text = document.createElementNS(SVG, "text");
    set(text, {x: box.x + 12, y: box.y + down, class: style});
    text.textContent = content;
    return text;
}

function partLine(source, box) {
    const from = {x: source.x + BOX.width / 2, y: source.y + BOX.height};
    const to = {x: box.x + BOX.width / 2, y: box.y};
    const steps = box.level - source.level;
    const side = source.x < box.x ? -BOW : BOW;
    const bow = steps === 1 ? 0 : steps > 1 ? side : -side;
    const reach = bow === 0 ? SPACE.down / 2 : 10;
    const path = document.createElementNS(SVG, "path");
    set(path, {
        class: "flow",
        d: `M ${from.x} ${from.y} C ${from.x + bow} ${from.y + reach} ${to.x + bow} ${to.y - reach} ${to.x} ${to.y}`,
    });
    return {path, bows: bow !== 0};
}
