/* The page of a network: one card per layer, between them the shape of what flows. */

const SVG = "http://www.w3.org/2000/svg";
/** The longest and the shortest side of a drawn shape, in pixels. */
const LONGEST = 40;
const SHORTEST = 4;
/** A side of this size is drawn as the longest; smaller ones by the logarithm. */
const LARGEST = 1024;
/** The color of a layer, by what its type begins with. */
const KINDS = [
    [/^Dense/, "--series-0"],
    [/^Conv/, "--series-3"],
    [/Pooling/, "--series-5"],
    [/^(Flatten|Reshape)/, "--series-6"],
    [/(Normalization|Dropout|Regularization)/, "--series-2"],
];
const OTHER_KIND = "--series-1";

function drawNetwork(view, data) {
    const described = JSON.parse(data.network).layers;
    const parameters = data.layers.reduce((sum, layer) => sum + layer.parameters, 0);
    view.append(
        element("header", {}, element("h1", {}, data.title)),
        element("dl", {class: "totals"},
            total("Layers", count(data.layers.length)),
            total("Input", shapeText(data.input)),
            total("Output", shapeText(data.layers.at(-1).output)),
            total("Parameters", count(parameters)),
            total("Trainable", count(data.trainable))),
        element("ol", {class: "layers"},
            endCard("Input", data.input),
            arrow(data.input),
            ...data.layers.flatMap((layer, i) => [layerCard(layer, described[i], parameters), arrow(layer.output)]),
            endCard("Output", data.layers.at(-1).output)));
}

function total(title, text) {
    return element("div", {}, element("dt", {}, title), element("dd", {}, text));
}

function shapeText(shape) {
    return shape.map(count).join(" × ");
}

/** What goes in, and what comes out. */
function endCard(title, shape) {
    return element("li", {class: "layer end"}, glyph(shape, "var(--text)"),
        element("div", {}, element("strong", {}, title), element("p", {}, "one sample")));
}

/** The shape that flows from one card to the next. */
function arrow(shape) {
    return element("li", {class: "arrow"}, element("span", {"aria-hidden": "true"}, "↓"), shapeText(shape));
}

/** @param parameters of the whole network */
function layerCard(layer, described, parameters) {
    const kind = `var(${(KINDS.find(([type]) => type.test(layer.type)) ?? [null, OTHER_KIND])[1]})`;
    return element("li", {class: "layer", style: `--kind: ${kind}`},
        glyph(layer.output, kind),
        element("div", {},
            element("strong", {}, layer.type), ` ${layer.name}`,
            element("p", {}, argumentsText(described))),
        element("div", {class: "parameters"},
            layer.parameters > 0 ? counted(layer.parameters, "parameter") : "",
            element("p", {}, layer.parameters > 0 ? share(layer, parameters) : "no parameters")));
}

function share(layer, parameters) {
    const percent = `${((100 * layer.parameters) / parameters).toFixed(1)} %`;
    return layer.trainable ? percent : `${percent}, not trainable`;
}

/** The arguments of a layer as in Keras: units 64 · activation relu. */
function argumentsText(described) {
    return Object.entries(described)
        .filter(([name, value]) => name !== "type" && !(name === "use_bias" && value))
        .map(([name, value]) => `${name.replaceAll("_", " ")} ${Array.isArray(value) ? value.join(" × ") : value}`)
        .join(" · ");
}

/** Draws a shape: a bar for a vector, a block for an image; sides by the logarithm of their size. */
function glyph(shape, fill) {
    const svg = document.createElementNS(SVG, "svg");
    const image = shape.length === 3;
    const height = side(shape[0]);
    const width = image ? side(shape[1]) : 9;
    const depth = image ? side(shape[2]) / 2 : 0;
    set(svg, {width: width + depth + 2, height: height + depth + 2, "aria-hidden": "true"});
    if (depth > 0) {
        svg.append(
            face([[1, depth], [depth, 1], [depth + width, 1], [width, depth]], fill, 0.35),
            face([[width, depth], [depth + width, 1], [depth + width, 1 + height], [width, depth + height]], fill, 0.6));
    }
    svg.append(face([[1, depth + 1], [width, depth + 1], [width, depth + height], [1, depth + height]], fill, 0.85));
    return svg;
}

function side(size) {
    const share = Math.min(1, Math.log2(size + 1) / Math.log2(LARGEST + 1));
    return SHORTEST + (LONGEST - SHORTEST) * share;
}

function face(corners, fill, opacity) {
    const polygon = document.createElementNS(SVG, "polygon");
    set(polygon, {points: corners.map(corner => corner.join(",")).join(" "), fill, "fill-opacity": opacity});
    return polygon;
}

function set(node, attributes) {
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
}

open(drawNetwork);
