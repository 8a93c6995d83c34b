// Hands all texts of the page over whose contrast is below 4.5 to 1 (3 to 1 from 24 px on), with their contrast.
const done = arguments[0];

function numbers(color) {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
}

function luminance(color) {
    const [red, green, blue] = color.slice(0, 3).map(part => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function background(element) {
    for (let above = element; above; above = above.parentElement) {
        const color = numbers(getComputedStyle(above).backgroundColor);
        if (color[3] === 255) {
            return color;
        }
    }
    return [255, 255, 255, 255];
}

const faint = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const style = getComputedStyle(element);
    if (!texts.currentNode.textContent.trim() || /SCRIPT|STYLE/.test(element.tagName) || !element.checkVisibility()) {
        continue;
    }
    const [light, dark] = [luminance(numbers(style.color)), luminance(background(element))].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) {
        faint.push(`${texts.currentNode.textContent.trim()}: ${contrast.toFixed(2)}`);
    }
}
done(faint);
