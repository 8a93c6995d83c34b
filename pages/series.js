/* What is done to the numbers of a curve before it is drawn; null stands for a missing value. */

/** How the names of validation curves begin: ours, and those of Keras' logs. */
const VALIDATION = /^(Validation |val_)/;

/**
 * An exponential moving average that does not start at zero: the weights of the past sum to one from the first value on.
 * Weight 0 changes nothing; the nearer to 1, the smoother.
 */
function smoothed(values, weight) {
    let average = 0;
    let past = 1;
    return values.map(value => {
        if (value === null) {
            return null;
        }
        average = weight * average + (1 - weight) * value;
        past *= weight;
        return average / (1 - past);
    });
}

/** The mean of each epoch, in the order of the epochs; null for an epoch without any value. */
function meanPerEpoch(epochs, values) {
    const sums = new Map();
    epochs.forEach((epoch, i) => {
        const sum = sums.get(epoch) ?? {total: 0, count: 0};
        if (values[i] !== null) {
            sum.total += values[i];
            sum.count += 1;
        }
        sums.set(epoch, sum);
    });
    return [...sums.values()].map(sum => (sum.count ? sum.total / sum.count : null));
}

/** The first, lowest, highest and last value, each with its place; null without any value. */
function extremes(x, values) {
    let found = null;
    values.forEach((value, i) => {
        if (value === null) {
            return;
        }
        const here = {x: x[i], value};
        found ??= {low: here, high: here, last: here};
        found.last = here;
        if (value < found.low.value) {
            found.low = here;
        }
        if (value > found.high.value) {
            found.high = here;
        }
    });
    return found;
}

/** Where each epoch but the first begins on the axis of steps. */
function epochStarts(epochs, x) {
    return epochs.flatMap((epoch, i) => (i > 0 && epoch !== epochs[i - 1] ? [{epoch, x: x[i]}] : []));
}

/** On a logarithmic axis only what is above zero has a place. */
function aboveZero(values) {
    return values.map(value => (value > 0 ? value : null));
}

/**
 * The curves of all logs at one level.
 *
 * A log of epochs is taken as it is. Of a log of steps, the level of epochs shows each epoch's mean, unless its run has a
 * log of epochs.
 */
function curvesOf(logs, level) {
    const curves = [];
    for (const log of logs) {
        const asIs = log.level === level || log.level === "ROW";
        const averaged = level === "EPOCH" && log.level === "STEP"
            && !logs.some(other => other.run === log.run && other.level === "EPOCH");
        if (!asIs && !averaged) {
            continue;
        }
        const x = averaged ? [...new Set(log.epochs)] : log.x;
        for (const series of log.series) {
            curves.push({
                run: log.run,
                name: series.name,
                base: series.name.replace(VALIDATION, "").toLowerCase(),
                validation: VALIDATION.test(series.name),
                direction: series.direction,
                mean: averaged || log.means,
                x,
                values: averaged ? meanPerEpoch(log.epochs, series.values) : series.values,
            });
        }
    }
    return curves;
}
