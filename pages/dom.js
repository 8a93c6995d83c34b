/* Small tools that all pages share: elements, numbers as text, and where the data come from. */

/** Makes an element; attributes that are false or undefined are left out, children may be texts. */
function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith("on")) {
            made.addEventListener(key.slice(2), value);
        } else if (value !== false && value !== undefined) {
            made.setAttribute(key, value === true ? "" : value);
        }
    }
    made.append(...children);
    return made;
}

/** A whole number with thousands apart: 12,864. */
function count(number) {
    return number.toLocaleString("en");
}

/** A measured number with four significant digits: 154.8, 0.09213, 1.2e-7. */
function measure(number) {
    const size = Math.abs(number);
    if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
        return number.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
    }
    return number.toLocaleString("en", {maximumSignificantDigits: 4});
}

/** The same with "1 sample", "2 samples". */
function counted(number, noun) {
    return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** The data that were saved with the page, or else what KNIME has for it; KNIME's library is in the page there alone. */
async function initialData() {
    const saved = document.getElementById("initial-data");
    if (saved) {
        return JSON.parse(saved.textContent);
    }
    const knime = await KnimeUIExtensionService.JsonDataService.getInstance();
    return knime.initialData();
}

/** Gets the data and hands them to the one function that draws the page. */
async function open(draw) {
    const view = document.getElementById("view");
    try {
        const data = await initialData();
        if (data) {
            view.replaceChildren();
            draw(view, data);
        } else {
            view.replaceChildren(
                element("p", {class: "note"}, "Nothing to show: the node kept nothing for this view."
                    + " If an older version executed it, reset and execute it."));
        }
    } catch (problem) {
        view.replaceChildren(
            element("p", {class: "note", role: "alert"}, `The view cannot be drawn: ${problem.message}`));
    }
    view.removeAttribute("aria-busy");
}
