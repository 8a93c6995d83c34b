/* A strip of images in the order in which they were made; a click enlarges one. */

function imageStrip(images, made) {
    const large = element("dialog", {"aria-label": "Generated image"});
    const note = images.length < made ? `, ${count(images.length)} of ${count(made)} are shown` : "";
    return element("section", {"aria-label": "Generated images"},
        element("h2", {}, "Generated images"),
        element("p", {class: "quiet"}, `In the order of training${note}. Select one to enlarge it.`),
        ...images[0].pictures.flatMap((first, kind) => [
            element("h3", {}, first.noise),
            stripOf(images.map(image => picture(image, kind)), first.noise, large),
        ]),
        large);
}

function picture(image, kind) {
    return {
        source: `data:image/png;base64,${image.pictures[kind].png}`,
        place: `Epoch ${count(image.epoch)}, step ${count(image.step)}`,
        epoch: image.epoch,
        step: image.step,
    };
}

function stripOf(pictures, noise, large) {
    return element("div", {class: "strip", role: "list", "aria-label": noise, tabindex: 0},
        ...pictures.map(shown => element("div", {role: "listitem"},
            element("button", {type: "button", title: "Enlarge", onclick: () => enlarge(large, shown, noise)},
                element("img", {src: shown.source, alt: `${noise}: ${shown.place}`, loading: "lazy"}),
                `Step ${count(shown.step)}`,
                element("small", {}, `epoch ${count(shown.epoch)}`)))));
}

function enlarge(large, shown, noise) {
    large.replaceChildren(
        element("img", {src: shown.source, alt: `${noise}: ${shown.place}`}),
        element("form", {method: "dialog", class: "zoom"},
            element("span", {}, `${shown.place} · ${noise}`),
            element("button", {autofocus: true}, "Close")));
    large.showModal();
}
