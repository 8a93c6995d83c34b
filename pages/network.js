/* The page of a network: one card per layer, between them the shape of what flows; one that branches has a picture, too. */

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
    const rows = describedRows(data.layers, described);
    const output = rows.at(-1)?.layer.output ?? data.input;
    const branches = rows.some((row, i) => row.layer.connected.join() !== (i === 0 ? "input" : rows[i - 1].layer.name));
    const parameters = data.layers.reduce((sum, layer) => sum + layer.parameters, 0);
    view.append(
        element("header", {}, element("h1", {}, data.title)),
        element("dl", {class: "totals"},
            total("Layers", count(described.length)),
            total("Input", shapeText(data.input)),
            total("Output", shapeText(output)),
            total("Parameters", count(parameters)),
            total("Trainable", count(data.trainable))),
        branches ? element("div", {class: "branches"}, networkPicture(data.input, rows)) : "",
        element("ol", {class: branches ? "layers apart" : "layers"},
            endCard("Input", data.input),
            branches ? "" : arrow(data.input),
            ...rows.flatMap(row => [
                ...cards(row.layer, row.described, parameters),
                branches ? "" : arrow(row.layer.output),
            ]),
            endCard("Output", output)));
}

/** Input, layers and output of a network that branches. */
function networkPicture(input, rows) {
    const last = rows.at(-1).layer;
    return graphPicture([
        {name: "input", label: "Input", type: "Input", shape: input, from: []},
        ...rows.map(({layer}) =>
            ({name: layer.name, label: layer.name, type: layer.type, shape: layer.output, from: layer.connected})),
        {name: null, label: "Output", type: "Output", shape: last.output, from: [last.name]},
    ]);
}

/** Each layer of the network with its description; one in Java has the parameters of the layers within, too. */
function describedRows(rows, described) {
    let next = 0;
    return described.map(layer => {
        const all = rows.slice(next, next + 1 + (layer.parts?.length ?? 0));
        next += all.length;
        const parameters = all.reduce((sum, row) => sum + row.parameters, 0);
        return {layer: {...all[0], parameters, trainable: all.some(row => row.trainable)}, described: layer};
    });
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

/** A layer; with what is in it, if it is Java code. */
function cards(layer, described, parameters) {
    if (described.type !== "JavaCode") {
        return [layerCard(layer, argumentsText(described), parameters)];
    }
    const own = described.weights.map(weight => weight.name).filter(name => !name.includes("/"));
    return [
        layerCard(layer, own.length > 0 ? `own weights ${own.join(", ")}` : "no weights of its own", parameters),
        element("li", {class: "within"},
            described.parts.length > 0 ? partsPicture(described) : "",
            element("details", {}, element("summary", {}, "Java code"), element("pre", {}, described.code))),
    ];
}

function kindOf(type) {
    return (KINDS.find(([kind]) => kind.test(type)) ?? [null, OTHER_KIND])[1];
}

/**
 * @param about what there is to say of it, besides its numbers
 * @param parameters of the whole network
 */
function layerCard(layer, about, parameters) {
    const kind = `var(${kindOf(layer.type)})`;
    return element("li", {class: "layer", style: `--kind: ${kind}`},
        glyph(layer.output, kind),
        element("div", {},
            element("strong", {}, layer.type), ` ${layer.name}`,
            element("p", {}, about)),
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
        .filter(([name, value]) => !["type", "name", "from"].includes(name) && !(name === "use_bias" && value))
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
