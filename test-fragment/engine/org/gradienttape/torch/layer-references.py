"""Computes what layers give and learn, with PyTorch in double precision, and writes layer-references.json beside this file.

Run with PyTorch 1.13 or newer: python3 layer-references.py
Batches, weights and targets follow the formulas of LayerReferenceTest. Layers are written out after Keras' documentation
(keras.io/api/layers), images channels last.
"""

import json
import math
import os

import numpy
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
BATCH = 3
STEPS = 20
RATE = 0.1


def numbers(shape, formula):
    size = math.prod(shape)
    single = torch.tensor([formula(i) for i in range(size)]).to(torch.float32)
    return single.double().reshape(shape)


class Randomness:
    def __init__(self):
        self.count = 0

    def uniform(self):
        self.count += 1
        return (self.count * 0.6180339887498949) % 1

    def uniforms(self, *shape):
        return torch.tensor([self.uniform() for _ in range(math.prod(shape))]).to(torch.float32).double().reshape(shape)


ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softmax": lambda x: torch.softmax(x, -1),
}


def first(x):
    return x.permute(0, 3, 1, 2)


def last(x):
    return x.permute(0, 2, 3, 1)


def pads(size, window, stride, padding):
    if padding == "valid":
        return 0, 0
    if padding == "causal":
        return window - 1, 0
    missing = max((math.ceil(size / stride) - 1) * stride + window - size, 0)
    return missing // 2, missing - missing // 2


def padded(x, window, strides, padding, value=0.0):
    rows = pads(x.shape[2], window[0], strides[0], padding)
    columns = pads(x.shape[3], window[1], strides[1], padding)
    return F.pad(x, (*columns, *rows), value=value)


def convolve(x, kernel, c, groups):
    """x [batch, height, width, channels], kernel [height, width, in, out]."""
    dilation = c.get("dilation_rate", [1, 1])
    reach = [(kernel.shape[i] - 1) * dilation[i] + 1 for i in (0, 1)]
    images = padded(first(x), reach, c["strides"], c["padding"])
    return last(F.conv2d(images, kernel.permute(3, 2, 0, 1), None, c["strides"], 0, dilation, groups))


def spread(x, kernel, c, out):
    """The gradient of a convolution by its input, taken from PyTorch itself; kernel [height, width, out, in]."""
    zeros = torch.zeros(x.shape[0], *out, kernel.shape[2], requires_grad=True)
    made = convolve(zeros, kernel.permute(0, 1, 2, 3), c, 1)
    return torch.autograd.grad(made, zeros, x, create_graph=True)[0]


def with_bias(c, w, y):
    return ACTIVATIONS[c["activation"]](y + w["bias"] if c["use_bias"] else y)


def dense(c, w, x, random):
    return with_bias(c, w, x @ w["kernel"])


def conv2d(c, w, x, random):
    return with_bias(c, w, convolve(x, w["kernel"], c, c["groups"]))


def conv2d_transpose(c, w, x, random):
    return with_bias(c, w, spread(x, w["kernel"], c, c["out"]))


def depthwise(x, kernel, c):
    height, width, channels, multiplier = kernel.shape
    return torch.cat([convolve(x[..., i:i + 1], kernel[:, :, i:i + 1], c, 1) for i in range(channels)], -1)


def depthwise_conv2d(c, w, x, random):
    return with_bias(c, w, depthwise(x, w["kernel"], c))


def separable_conv2d(c, w, x, random):
    return with_bias(c, w, depthwise(x, w["depthwise_kernel"], c) @ w["pointwise_kernel"][0, 0])


def as_image(c, size):
    image = dict(c, strides=[1, c["strides"]], dilation_rate=[1, c.get("dilation_rate", 1)])
    image[size] = [1, c[size]]
    return image


def conv1d(c, w, x, random):
    return with_bias(c, w, convolve(x[:, None], w["kernel"][None], as_image(c, "kernel_size"), c["groups"])[:, 0])


def conv1d_transpose(c, w, x, random):
    return with_bias(c, w, spread(x[:, None], w["kernel"][None], as_image(c, "kernel_size"), [1, c["out"][0]])[:, 0])


def max_pooling(c, w, x, random):
    images = padded(first(x), c["pool_size"], c["strides"], c["padding"], -math.inf)
    return last(F.max_pool2d(images, c["pool_size"], c["strides"]))


def average_pooling(c, w, x, random):
    images = padded(first(x), c["pool_size"], c["strides"], c["padding"])
    ones = padded(torch.ones_like(first(x)), c["pool_size"], c["strides"], c["padding"])
    return last(F.avg_pool2d(images, c["pool_size"], c["strides"]) / F.avg_pool2d(ones, c["pool_size"], c["strides"]))


def of_sequence(layer):
    return lambda c, w, x, random: layer(as_image(c, "pool_size"), w, x[:, None], random)[:, 0]


def up_sampling(c, w, x, random):
    return x.repeat_interleave(c["size"][0], 1).repeat_interleave(c["size"][1], 2)


def zero_padding(c, w, x, random):
    top, bottom, left, right = c["padding"]
    return F.pad(x, (0, 0, left, right, top, bottom))


def cropping(c, w, x, random):
    top, bottom, left, right = c["cropping"]
    return x[:, top:x.shape[1] - bottom, left:x.shape[2] - right]


def prelu(c, w, x, random):
    return torch.where(x > 0, x, w["alpha"] * x)


def normalization(c, w, x, random):
    mean = torch.tensor(c["mean"])
    deviation = torch.tensor(c["variance"]).sqrt().clamp(min=1e-7)
    return x * deviation + mean if c["invert"] else (x - mean) / deviation


def group_normalization(c, w, x, random):
    groups = x.shape[-1] if c["groups"] == -1 else c["groups"]
    y = last(F.group_norm(first(x), groups, None, None, c["epsilon"]))
    y = y * w["gamma"] if c["scale"] else y
    return y + w["beta"] if c["center"] else y


def gaussian_noise(c, w, x, random):
    return x + c["stddev"] * (2 * random.uniforms(*x.shape) - 1)


def spatial_dropout(c, w, x, random):
    kept = torch.tensor([0.0 if random.uniform() < c["rate"] else 1 / (1 - c["rate"])
                         for _ in range(x.shape[0] * x.shape[3])])
    return x * kept.reshape(x.shape[0], 1, 1, x.shape[3])


def beyond(index, size, fill):
    """The line that stands for one beyond the edges, by numpy.pad's modes."""
    if fill == "constant":
        return index if 0 <= index < size else None
    mode = {"reflect": "symmetric", "wrap": "wrap", "nearest": "edge"}[fill]
    around = 3 * size
    return int(numpy.pad(numpy.arange(size), around, mode)[index + around])


def at(image, x, y, fill, value):
    """A pixel by bilinear interpolation."""
    result = 0
    for row in (math.floor(y), math.floor(y) + 1):
        for column in (math.floor(x), math.floor(x) + 1):
            share = (1 - abs(x - column)) * (1 - abs(y - row))
            r, c = beyond(row, image.shape[0], fill), beyond(column, image.shape[1], fill)
            result = result + share * (value * torch.ones(image.shape[2]) if r is None or c is None else image[r, c])
    return result


def moved(c, images, matrices):
    """New images; a matrix takes (x, y, 1) of a pixel to its place in the old image."""
    made = []
    for image, matrix in zip(images, matrices):
        rows = []
        for y in range(image.shape[0]):
            places = [matrix @ numpy.array([x, y, 1.0]) for x in range(image.shape[1])]
            rows.append(torch.stack([at(image, *place[:2], c["fill_mode"], c["fill_value"]) for place in places]))
        made.append(torch.stack(rows))
    return torch.stack(made)


def about_middle(images, matrix):
    x, y = (images.shape[2] - 1) / 2, (images.shape[1] - 1) / 2
    there = numpy.array([[1, 0, x], [0, 1, y], [0, 0, 1]])
    back = numpy.array([[1, 0, -x], [0, 1, -y], [0, 0, 1]])
    return there @ matrix @ back


def mask(rate, random, *shape):
    """The same in all steps of a sequence."""
    if rate == 0:
        return torch.ones(shape)
    return torch.tensor([0.0 if random.uniform() < rate else 1 / (1 - rate)
                         for _ in range(math.prod(shape))]).reshape(shape)


def recurrent(step, states):
    """A layer that computes step(c, w, x, states) for one step after the other; its output is the first state."""
    def compute(c, w, x, random, counts=None):
        of_output = mask(c["recurrent_dropout"], random, x.shape[0], c["units"])
        of_input = mask(c["dropout"], random, x.shape[0], x.shape[2])
        now = [torch.zeros(x.shape[0], c["units"]) for _ in range(states)]
        outputs = []
        for t in reversed(range(x.shape[1])) if c["go_backwards"] else range(x.shape[1]):
            after = step(c, w, x[:, t] * of_input, [now[0] * of_output, *now[1:]])
            now = after if counts is None else [torch.where(counts[:, t, None], a, b) for a, b in zip(after, now)]
            outputs.append(now[0])
        return torch.stack(outputs, 1) if c["return_sequences"] else outputs[-1]
    return compute


def simple_rnn(c, w, x, states):
    y = x @ w["kernel"] + states[0] @ w["recurrent_kernel"]
    return [ACTIVATIONS[c["activation"]](y + w["bias"] if c["use_bias"] else y)]


def lstm(c, w, x, states):
    y = x @ w["kernel"] + states[0] @ w["recurrent_kernel"]
    i, f, g, o = (y + w["bias"] if c["use_bias"] else y).chunk(4, 1)
    inner, gate = ACTIVATIONS[c["activation"]], ACTIVATIONS[c["recurrent_activation"]]
    cell = gate(f) * states[1] + gate(i) * inner(g)
    return [gate(o) * inner(cell), cell]


def gru(c, w, x, states):
    a, b = x @ w["kernel"], states[0] @ w["recurrent_kernel"]
    if c["use_bias"]:
        a, b = a + w["bias"][0], b + w["bias"][1]
    inner, gate = ACTIVATIONS[c["activation"]], ACTIVATIONS[c["recurrent_activation"]]
    (az, ar, ah), (bz, br, bh) = a.chunk(3, 1), b.chunk(3, 1)
    z = gate(az + bz)
    return [z * states[0] + (1 - z) * inner(ah + gate(ar + br) * bh)]


def under(name, w):
    return {key[len(name) + 1:]: value for key, value in w.items() if key.startswith(name + "/")}


STEPS_OF = {"SimpleRNN": (simple_rnn, 1), "LSTM": (lstm, 2), "GRU": (gru, 1)}


def bidirectional(c, w, x, random, counts=None):
    inner = c["layer"]
    compute = recurrent(*STEPS_OF[inner["type"]])
    one = compute(inner, under("forward", w), x, random, counts)
    other = compute(dict(inner, go_backwards=not inner["go_backwards"]), under("backward", w), x, random, counts)
    if inner["return_sequences"]:
        other = other.flip(1)
    return {"concat": lambda: torch.cat([one, other], -1), "sum": lambda: one + other, "mul": lambda: one * other,
            "ave": lambda: (one + other) / 2}[c["merge_mode"]]()


def heads(c, w, x, part):
    y = torch.einsum("btd,dhk->bhtk", x, w[part + "/kernel"])
    return y + w[part + "/bias"][None, :, None, :] if c["use_bias"] else y


def attention(c, w, x, random, counts=None):
    scores = heads(c, w, x, "query") @ heads(c, w, x, "key").transpose(2, 3) / math.sqrt(c["key_dim"])
    if c["use_causal_mask"]:
        scores = torch.where(torch.ones(scores.shape[2:]).tril() > 0, scores, -1e9)
    if counts is not None:
        scores = torch.where(counts[:, None, :, None] & counts[:, None, None, :], scores, -1e9)
    weights = torch.softmax(scores, -1) * mask(c["dropout"], random, *scores.shape)
    y = torch.einsum("bhtv,hvd->btd", weights @ heads(c, w, x, "value"), w["attention_output/kernel"])
    return y + w["attention_output/bias"] if c["use_bias"] else y


def weights_of_attention(features, heads, key, value):
    shapes = {"query/kernel": [features, heads, key], "query/bias": [heads, key],
              "key/kernel": [features, heads, key], "key/bias": [heads, key],
              "value/kernel": [features, heads, value], "value/bias": [heads, value],
              "attention_output/kernel": [heads, value, features], "attention_output/bias": [features]}
    return shapes


def embedding(c, w, x, random):
    return w["embeddings"][x.detach().long()]


def masked(value, compute):
    """Masking, and a layer behind it that knows the mask."""
    def both(c, w, x, random):
        counts = (x != value).any(-1)
        inner = c["layers"][1]
        return compute(inner, under(NAMES[inner["type"]], w), x * counts[..., None], random, counts)
    return both


NAMES = {"SimpleRNN": "simple_rnn", "LSTM": "lstm", "GRU": "gru", "Bidirectional": "bidirectional",
         "MultiHeadAttention": "multi_head_attention"}


def encoder(c, w, x, random):
    """Of texts: words, both directions, attention with a way past it, the mean of what counts."""
    counts = x.detach() != 0
    layers = {each["type"]: each for each in c["layers"]}
    y = w["embedding/embeddings"][x.detach().long()]
    y = bidirectional(layers["Bidirectional"], under("bidirectional", w), y, random, counts)
    y = y + attention(layers["MultiHeadAttention"], under("multi_head_attention", w), y, random, counts)
    centered = y - y.mean(-1, keepdim=True)
    y = centered / (centered.square().mean(-1, keepdim=True) + 1e-3).sqrt()
    y = y * w["layer_normalization/gamma"] + w["layer_normalization/beta"]
    y = torch.tanh(y @ w["dense/kernel"] + w["dense/bias"]) * counts[..., None]
    return y.sum(1) / counts.sum(1, keepdim=True).clamp(min=1)


def each_step(compute):
    """One step of all samples after the other, with the same weights: Keras' TimeDistributed."""
    return lambda c, w, x, random: torch.stack([compute(c["layer"], w, x[:, t], random) for t in range(x.shape[1])], 1)


def normalization_of_batch(c, w, x, random):
    axes = tuple(range(x.dim() - 1))
    mean, variance = x.mean(axes), x.var(axes, unbiased=False)
    y = (x - mean) / (variance + c["epsilon"]).sqrt()
    y = y * w["gamma"] if c["scale"] else y
    return y + w["beta"] if c["center"] else y


def normalization_of_layer(c, w, x, random):
    centered = x - x.mean(-1, keepdim=True)
    return centered / (centered.square().mean(-1, keepdim=True) + c["epsilon"]).sqrt() * w["gamma"] + w["beta"]


def dropout_of_steps(c, w, x, random):
    """Each step of each sample loses numbers of its own."""
    return x * mask(c["layer"]["rate"], random, *x.shape)


def both_ways_and_masked(c, w, x, random):
    """Where a step does not count, Keras' Bidirectional gives 0."""
    counts = (x != 0.5).any(-1)
    y = bidirectional(c["layers"][1], under("bidirectional", w), x * counts[..., None], random, counts)
    return torch.tanh((y * counts[..., None]).flatten(1) @ w["dense/kernel"] + w["dense/bias"])


def mean_of_masked_steps(c, w, x, random):
    """TimeDistributed hands the mask on."""
    counts = (x != 0.5).any(-1)
    y = each_step(dense)(c["layers"][1], under("time_distributed", w), x * counts[..., None], random) * counts[..., None]
    return y.sum(1) / counts.sum(1, keepdim=True).clamp(min=1)


def random_flip(c, w, x, random):
    """Keras draws once for each image, also for both ways."""
    axes = {"horizontal": [1], "vertical": [0], "horizontal_and_vertical": [0, 1]}[c["mode"]]
    return torch.stack([image.flip(axes) if random.uniforms(1).item() > 0.5 else image for image in x])


def random_translation(c, w, x, random):
    matrices = []
    for _ in x:
        down = c["height_factor"] * (2 * random.uniform() - 1) * x.shape[1]
        right = c["width_factor"] * (2 * random.uniform() - 1) * x.shape[2]
        matrices.append(numpy.array([[1, 0, -right], [0, 1, -down], [0, 0, 1]]))
    return moved(c, x, matrices)


def random_rotation(c, w, x, random):
    matrices = []
    for _ in x:
        angle = 2 * math.pi * c["factor"] * (2 * random.uniform() - 1)
        turn = numpy.array([[math.cos(angle), -math.sin(angle), 0], [math.sin(angle), math.cos(angle), 0], [0, 0, 1]])
        matrices.append(about_middle(x, turn))
    return moved(c, x, matrices)


def random_zoom(c, w, x, random):
    matrices = []
    for _ in x:
        height = 1 + c["height_factor"] * (2 * random.uniform() - 1)
        width = height if c["width_factor"] == -1 else 1 + c["width_factor"] * (2 * random.uniform() - 1)
        matrices.append(about_middle(x, numpy.diag([width, height, 1.0])))
    return moved(c, x, matrices)


def random_contrast(c, w, x, random):
    factors = (1 - c["factor"] + 2 * c["factor"] * random.uniforms(x.shape[0]).reshape(-1, 1, 1, 1))
    mean = x.mean((1, 2), keepdim=True)
    return ((x - mean) * factors + mean).clamp(c["smallest"], c["largest"])


SETTINGS = {
    "kernel_initializer": "glorot_uniform",
    "bias_initializer": "zeros",
    "kernel_regularizer": {"l1": 0.0, "l2": 0.0},
    "bias_regularizer": {"l1": 0.0, "l2": 0.0},
    "activity_regularizer": {"l1": 0.0, "l2": 0.0},
}
COSTLY = dict(
    SETTINGS,
    kernel_regularizer={"l1": 0.01, "l2": 0.02},
    bias_regularizer={"l1": 0.03, "l2": 0.04},
    activity_regularizer={"l1": 0.001, "l2": 0.002},
)


def layer(type, settings=SETTINGS, **arguments):
    return {"type": type, **arguments, **settings}


def plain(type, **arguments):
    return {"type": type, **arguments}


def window(size, strides=(1, 1), padding="valid"):
    return {"kernel_size": list(size), "strides": list(strides), "padding": padding}


def pool(size, strides, padding):
    return {"pool_size": size, "strides": strides, "padding": padding}


RECURRENT = {"dropout": 0.0, "recurrent_dropout": 0.0, "return_sequences": False, "go_backwards": False,
             "recurrent_initializer": "orthogonal"}
BACKWARDS_AND_DROPPED = {"dropout": 0.3, "recurrent_dropout": 0.4, "return_sequences": True, "go_backwards": True,
                         "recurrent_initializer": "orthogonal"}
LINEAR = {"activation": "linear", "use_bias": True}
TANH = {"activation": "tanh", "use_bias": False}



def network(*layers):
    """Layers of which each takes what the one before it gives, or what its "from" names."""
    return {"type": "network", "layers": list(layers)}


def joined(type, sources, **arguments):
    return network(plain("Tanh"), plain(type, **{"from": sources}, **arguments))


def excitation(c, w, x, random):
    """Hu, Shen and Sun, 2018: each channel times what a layer says of all channels' means."""
    weights = torch.sigmoid(x.mean((1, 2)) @ w["dense/kernel"] + w["dense/bias"])
    return x * weights[:, None, None, :]


def of_network(name, w, x, **c):
    return conv2d(dict(strides=[1, 1], padding="same", groups=1, activation="linear", use_bias=True, **c),
                  {"kernel": w[name + "/kernel"], "bias": w[name + "/bias"]}, x, None)


def batch_normalization(name, w, x):
    mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2), unbiased=False)
    return (x - mean) / (variance + 1e-3).sqrt() * w[name + "/gamma"] + w[name + "/beta"]


def residual(c, w, x, random):
    """He, Zhang, Ren and Sun, 2016, with a head that branches."""
    y = torch.relu(batch_normalization("batch_normalization", w, of_network("conv2d", w, x)))
    y = batch_normalization("batch_normalization_1", w, of_network("conv2d_1", w, y))
    y = torch.relu(y + of_network("conv2d_2", w, x)).mean((1, 2))
    one = torch.tanh(y @ w["dense/kernel"] + w["dense/bias"])
    other = torch.sigmoid(y @ w["dense_1/kernel"] + w["dense_1/bias"])
    return torch.cat([one, other, y], -1) @ w["dense_2/kernel"] + w["dense_2/bias"]


def convolution(filters, size, **more):
    return plain("Conv2D", filters=filters, **window((size, size), padding="same"), **LINEAR, **more)


def to_mean_0():
    return plain("BatchNormalization", momentum=0.9, epsilon=1e-3, center=True, scale=True)


def head(units, activation, *sources):
    return plain("Dense", units=units, activation=activation, use_bias=True, **({"from": list(sources)} if sources else {}))


RESIDUAL = network(
    convolution(4, 3), to_mean_0(), plain("ReLU"), convolution(4, 3), to_mean_0(),
    convolution(4, 1, **{"from": ["input"]}),
    plain("Add", **{"from": ["batch_normalization_1", "conv2d_2"]}), plain("ReLU"), plain("GlobalAveragePooling2D"),
    head(3, "tanh"), head(2, "sigmoid", "global_average_pooling2d"),
    plain("Concatenate", axis=-1, **{"from": ["dense", "dense_1", "global_average_pooling2d"]}), head(3, "linear"))


def normalized(name):
    return {name + "/" + weight: [4] for weight in ("gamma", "beta", "moving_mean", "moving_variance")}


LSTM = layer("LSTM", units=3, activation="tanh", recurrent_activation="sigmoid", use_bias=True, unit_forget_bias=True,
             **RECURRENT)
LSTM_OF_2 = {"kernel": [2, 12], "recurrent_kernel": [3, 12], "bias": [12]}
# three samples of four words; 0 stands for none
WORDS = [3, 1, 0, 0, 4, 0, 2, 3, 1, 1, 4, 2]
# three samples of four steps, of which some are masked by 0.5: at the end, in between, and all
GAPS = [0.1, 0.5, -0.7, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.8, -0.2, 0.5, 0.5, 0.6, 0.5] + 8 * [0.5]


def both_ways(inner, merge_mode):
    return plain("Bidirectional", layer=inner, merge_mode=merge_mode)


def distributed(inner):
    return plain("TimeDistributed", layer=inner)


def named(name, shapes):
    return {name + "/" + weight: shape for weight, shape in shapes.items()}


def both_directions(shapes):
    return {**named("forward", shapes), **named("backward", shapes)}


# name of the test, layer, shape of a sample, shapes of its weights, what it computes
CASES = [
    ("Add", joined("Add", ["tanh", "input", "input"]), [3, 2], {}, lambda c, w, x, random: torch.tanh(x) + x + x),
    ("Subtract", joined("Subtract", ["input", "tanh"]), [3, 2], {}, lambda c, w, x, random: x - torch.tanh(x)),
    ("Multiply", joined("Multiply", ["tanh", "input"]), [3, 2], {}, lambda c, w, x, random: torch.tanh(x) * x),
    ("Average", joined("Average", ["tanh", "input", "tanh"]), [3, 2], {},
     lambda c, w, x, random: (torch.tanh(x) + x + torch.tanh(x)) / 3),
    ("Maximum", joined("Maximum", ["tanh", "input"]), [3, 2], {},
     lambda c, w, x, random: torch.maximum(torch.tanh(x), x)),
    ("Minimum", joined("Minimum", ["tanh", "input"]), [3, 2], {},
     lambda c, w, x, random: torch.minimum(torch.tanh(x), x)),
    ("Concatenate, last axis", joined("Concatenate", ["tanh", "input"], axis=-1), [3, 2], {},
     lambda c, w, x, random: torch.cat([torch.tanh(x), x], 2)),
    ("Concatenate, first axis", joined("Concatenate", ["input", "tanh", "input"], axis=1), [3, 2], {},
     lambda c, w, x, random: torch.cat([x, torch.tanh(x), x], 1)),
    ("of two groups", network(
        plain("InputColumns", places=[0, 1, 4]), head(2, "tanh"),
        plain("InputColumns", places=[3, 2], **{"from": ["input"]}), head(2, "linear"),
        plain("Concatenate", axis=-1, **{"from": ["dense", "dense_1"]})), [5],
     {"dense/kernel": [3, 2], "dense/bias": [2], "dense_1/kernel": [2, 2], "dense_1/bias": [2]},
     lambda c, w, x, random: torch.cat([
         torch.tanh(x[:, [0, 1, 4]] @ w["dense/kernel"] + w["dense/bias"]),
         x[:, [3, 2]] @ w["dense_1/kernel"] + w["dense_1/bias"]], 1)),
    ("squeeze and excitation", network(
        plain("GlobalAveragePooling2D"), head(2, "sigmoid"), plain("Multiply", **{"from": ["dense", "input"]})),
     [3, 2, 2], {"dense/kernel": [2, 2], "dense/bias": [2]}, excitation),
    ("residual", RESIDUAL, [4, 5, 2],
     {"conv2d/kernel": [3, 3, 2, 4], "conv2d/bias": [4], **normalized("batch_normalization"),
      "conv2d_1/kernel": [3, 3, 4, 4], "conv2d_1/bias": [4], **normalized("batch_normalization_1"),
      "conv2d_2/kernel": [1, 1, 2, 4], "conv2d_2/bias": [4], "dense/kernel": [4, 3], "dense/bias": [3],
      "dense_1/kernel": [4, 2], "dense_1/bias": [2], "dense_2/kernel": [9, 3], "dense_2/bias": [3]}, residual),
    ("costs of weights and output", layer("Dense", COSTLY, units=4, **LINEAR), [5],
     {"kernel": [5, 4], "bias": [4]}, dense),
    ("dilated", layer("Conv2D", filters=3, **window((3, 2), padding="same"), dilation_rate=[2, 3], groups=1, **LINEAR),
     [6, 5, 2], {"kernel": [3, 2, 2, 3], "bias": [3]}, conv2d),
    ("dilated within the image",
     layer("Conv2D", filters=5, **window((2, 2)), dilation_rate=[3, 2], groups=1, **TANH),
     [6, 5, 2], {"kernel": [2, 2, 2, 5]}, conv2d),
    ("in groups", layer("Conv2D", COSTLY, filters=6, **window((3, 3), (2, 2), "same"), dilation_rate=[1, 1], groups=2,
                        **LINEAR), [5, 6, 4], {"kernel": [3, 3, 2, 6], "bias": [6]}, conv2d),
    ("in groups of few filters",
     layer("Conv2D", filters=2, **window((3, 3), padding="same"), dilation_rate=[1, 1], groups=2, **TANH),
     [5, 4, 4], {"kernel": [3, 3, 2, 2]}, conv2d),
    ("costs", layer("Conv2DTranspose", COSTLY, filters=2, **window((3, 4), (2, 2), "same"), **LINEAR, ), [3, 4, 2],
     {"kernel": [3, 4, 2, 2], "bias": [2]}, conv2d_transpose, [6, 8]),
    ("two per channel", layer("DepthwiseConv2D", COSTLY, **window((3, 2), (2, 2), "same"), depth_multiplier=2,
                              dilation_rate=[1, 1], **LINEAR), [5, 4, 3],
     {"kernel": [3, 2, 3, 2], "bias": [6]}, depthwise_conv2d),
    ("dilated", layer("DepthwiseConv2D", **window((2, 2)), depth_multiplier=1, dilation_rate=[2, 1], **TANH), [5, 4, 3],
     {"kernel": [2, 2, 3, 1]}, depthwise_conv2d),
    ("two per channel",
     layer("SeparableConv2D", COSTLY, filters=4, **window((3, 3), padding="same"), depth_multiplier=2,
           dilation_rate=[1, 2], **LINEAR), [5, 4, 2],
     {"depthwise_kernel": [3, 3, 2, 2], "pointwise_kernel": [1, 1, 4, 4], "bias": [4]}, separable_conv2d),
    ("nearest", plain("UpSampling2D", size=[2, 3]), [3, 2, 2], {}, up_sampling),
    ("uneven", plain("ZeroPadding2D", padding=[1, 0, 2, 3]), [3, 2, 2], {}, zero_padding),
    ("uneven", plain("Cropping2D", cropping=[1, 0, 2, 1]), [4, 5, 2], {}, cropping),
    ("same", layer("Conv1D", filters=4, kernel_size=3, strides=2, padding="same", dilation_rate=1, groups=1, **LINEAR),
     [7, 3], {"kernel": [3, 3, 4], "bias": [4]}, conv1d),
    ("causal and dilated", layer("Conv1D", COSTLY, filters=4, kernel_size=3, strides=1, padding="causal",
                                 dilation_rate=2, groups=2, **TANH), [7, 2], {"kernel": [3, 1, 4]}, conv1d),
    ("causal with strides", layer("Conv1D", filters=2, kernel_size=2, strides=2, padding="causal", dilation_rate=1,
                                  groups=1, **LINEAR), [7, 2], {"kernel": [2, 2, 2], "bias": [2]}, conv1d),
    ("same", layer("Conv1DTranspose", COSTLY, filters=2, kernel_size=3, strides=2, padding="same", **LINEAR), [4, 3],
     {"kernel": [3, 2, 3], "bias": [2]}, conv1d_transpose, [8]),
    ("valid", layer("Conv1DTranspose", filters=2, kernel_size=4, strides=3, padding="valid", **TANH), [3, 2],
     {"kernel": [4, 2, 2]}, conv1d_transpose, [10]),
    ("same", plain("MaxPooling1D", **pool(3, 2, "same")), [6, 2], {}, of_sequence(max_pooling)),
    ("valid", plain("MaxPooling1D", **pool(2, 3, "valid")), [6, 2], {}, of_sequence(max_pooling)),
    ("same", plain("AveragePooling1D", **pool(3, 2, "same")), [6, 2], {}, of_sequence(average_pooling)),
    ("valid", plain("AveragePooling1D", **pool(2, 3, "valid")), [6, 2], {}, of_sequence(average_pooling)),
    ("same", plain("MaxPooling2D", **pool([2, 3], [2, 1], "same")), [3, 4, 2], {}, max_pooling),
    ("same", plain("AveragePooling2D", **pool([2, 3], [2, 1], "same")), [3, 4, 2], {}, average_pooling),
    ("valid", plain("AveragePooling2D", **pool([2, 2], [1, 2], "valid")), [3, 4, 2], {}, average_pooling),
    ("of the whole image", plain("GlobalMaxPooling2D"), [3, 2, 2], {}, lambda c, w, x, random: x.amax((1, 2))),
    ("of the whole image", plain("GlobalAveragePooling2D"), [3, 2, 2], {}, lambda c, w, x, random: x.mean((1, 2))),
    ("to two axes", plain("Reshape", target_shape=[3, 2]), [6], {}, lambda c, w, x, random: x.reshape(-1, 3, 2)),
    ("of an image", plain("Flatten"), [2, 2, 2], {}, lambda c, w, x, random: x.flatten(1)),
    ("while training", plain("Dropout", rate=0.4), [5], {},
     lambda c, w, x, random: x * mask(c["rate"], random, *x.shape)),
    ("costs", plain("ActivityRegularization", l1=0.01, l2=0.02), [5], {}, lambda c, w, x, random: x),
    ("of a batch", plain("BatchNormalization", momentum=0.9, epsilon=1e-3, center=True, scale=True), [2, 3],
     {"gamma": [3], "beta": [3], "moving_mean": [3], "moving_variance": [3]}, normalization_of_batch),
    ("of a sample", plain("LayerNormalization", epsilon=1e-3, center=True, scale=True), [2, 4],
     {"gamma": [4], "beta": [4]}, normalization_of_layer),
    ("above 0", plain("ReLU"), [5], {}, lambda c, w, x, random: torch.relu(x)),
    ("slope", plain("LeakyReLU", negative_slope=0.2), [5], {},
     lambda c, w, x, random: torch.where(x > 0, x, c["negative_slope"] * x)),
    ("below 0", plain("ELU", alpha=0.7), [5], {},
     lambda c, w, x, random: torch.where(x > 0, x, c["alpha"] * (x.exp() - 1))),
    ("as it is", plain("GELU", approximate=False), [5], {},
     lambda c, w, x, random: x * (1 + torch.erf(x / math.sqrt(2))) / 2),
    ("approximated", plain("GELU", approximate=True), [5], {},
     lambda c, w, x, random: x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3))) / 2),
    ("of numbers", plain("SiLU"), [5], {}, lambda c, w, x, random: x * torch.sigmoid(x)),
    ("of numbers", plain("Sigmoid"), [5], {}, lambda c, w, x, random: torch.sigmoid(x)),
    ("of numbers", plain("Tanh"), [5], {}, lambda c, w, x, random: torch.tanh(x)),
    ("of the last axis", plain("Softmax"), [2, 3], {}, lambda c, w, x, random: torch.softmax(x, -1)),
    ("of all steps", plain("GlobalMaxPooling1D"), [5, 3], {}, lambda c, w, x, random: x.amax(1)),
    ("of all steps", plain("GlobalAveragePooling1D"), [5, 3], {}, lambda c, w, x, random: x.mean(1)),
    ("of each number", plain("PReLU", alpha_initializer="zeros", shared_axes=[]), [3, 2, 2], {"alpha": [3, 2, 2]}, prelu),
    ("of each channel", plain("PReLU", alpha_initializer="zeros", shared_axes=[1, 2]), [3, 2, 2], {"alpha": [1, 1, 2]},
     prelu),
    ("to -1 and 1", plain("Rescaling", scale=2.5, offset=-1.0), [4], {},
     lambda c, w, x, random: x * c["scale"] + c["offset"]),
    ("of one number", plain("Normalization", mean=[0.3], variance=[2.0], invert=False), [2, 3], {}, normalization),
    ("of each feature", plain("Normalization", mean=[0.3, -1.0, 2.0], variance=[2.0, 0.5, 4.0], invert=False), [3], {},
     normalization),
    ("inverted", plain("Normalization", mean=[0.3, -1.0, 2.0], variance=[2.0, 0.5, 4.0], invert=True), [3], {},
     normalization),
    ("two groups", plain("GroupNormalization", groups=2, epsilon=1e-3, center=True, scale=True), [3, 2, 4],
     {"gamma": [4], "beta": [4]}, group_normalization),
    ("each channel", plain("GroupNormalization", groups=-1, epsilon=0.1, center=True, scale=False), [3, 2, 3],
     {"beta": [3]}, group_normalization),
    ("while training", plain("GaussianNoise", stddev=0.5), [2, 3], {}, gaussian_noise),
    ("while training", plain("SpatialDropout2D", rate=0.4), [2, 2, 3], {}, spatial_dropout),
    ("last output", layer("SimpleRNN", COSTLY, units=3, activation="tanh", use_bias=True, **RECURRENT), [4, 2],
     {"kernel": [2, 3], "recurrent_kernel": [3, 3], "bias": [3]}, recurrent(simple_rnn, 1)),
    ("all outputs, backwards, dropped",
     layer("SimpleRNN", units=3, activation="relu", use_bias=False, **BACKWARDS_AND_DROPPED), [4, 2],
     {"kernel": [2, 3], "recurrent_kernel": [3, 3]}, recurrent(simple_rnn, 1)),
    ("last output", layer("LSTM", units=3, activation="tanh", recurrent_activation="sigmoid", use_bias=True,
                          unit_forget_bias=True, **RECURRENT), [5, 2],
     {"kernel": [2, 12], "recurrent_kernel": [3, 12], "bias": [12]}, recurrent(lstm, 2)),
    ("all outputs, backwards, dropped",
     layer("LSTM", COSTLY, units=3, activation="sigmoid", recurrent_activation="tanh", use_bias=False,
           unit_forget_bias=False, **BACKWARDS_AND_DROPPED), [4, 2],
     {"kernel": [2, 12], "recurrent_kernel": [3, 12]}, recurrent(lstm, 2)),
    ("last output of 12 steps", LSTM, [12, 2], LSTM_OF_2, recurrent(lstm, 2)),
    ("all outputs of 12 steps, backwards, without bias",
     dict(LSTM, use_bias=False, return_sequences=True, go_backwards=True), [12, 2],
     {"kernel": [2, 12], "recurrent_kernel": [3, 12]}, recurrent(lstm, 2)),
    ("last output", layer("GRU", units=3, activation="tanh", recurrent_activation="sigmoid", use_bias=True,
                          **RECURRENT), [5, 2],
     {"kernel": [2, 9], "recurrent_kernel": [3, 9], "bias": [2, 9]}, recurrent(gru, 1)),
    ("all outputs, backwards, dropped",
     layer("GRU", COSTLY, units=3, activation="tanh", recurrent_activation="sigmoid", use_bias=False,
           **BACKWARDS_AND_DROPPED), [4, 2],
     {"kernel": [2, 9], "recurrent_kernel": [3, 9]}, recurrent(gru, 1)),
    ("each step", layer("Dense", COSTLY, units=4, activation="tanh", use_bias=True), [3, 2],
     {"kernel": [2, 4], "bias": [4]}, dense),
    ("costs", plain("Embedding", input_dim=5, output_dim=3, embeddings_initializer="random_uniform",
                    embeddings_regularizer={"l1": 0.01, "l2": 0.02}, mask_zero=False), [4], {"embeddings": [5, 3]},
     embedding, None, WORDS),
    ("LSTM, last outputs", both_ways(LSTM, "concat"), [4, 2], both_directions(LSTM_OF_2), bidirectional),
    ("LSTM, all outputs of 12 steps, side by side", both_ways(dict(LSTM, return_sequences=True), "concat"), [12, 2],
     both_directions(LSTM_OF_2), bidirectional),
    ("LSTM, multiplied", both_ways(dict(LSTM, return_sequences=True), "mul"), [4, 2], both_directions(LSTM_OF_2),
     bidirectional),
    ("GRU, the other way round, averaged",
     both_ways(layer("GRU", units=3, activation="tanh", recurrent_activation="sigmoid", use_bias=False,
                     **BACKWARDS_AND_DROPPED), "ave"), [4, 2],
     both_directions({"kernel": [2, 9], "recurrent_kernel": [3, 9]}), bidirectional),
    ("SimpleRNN, added",
     both_ways(layer("SimpleRNN", units=3, activation="tanh", use_bias=True, **dict(RECURRENT, return_sequences=True)),
               "sum"), [4, 2],
     both_directions({"kernel": [2, 3], "recurrent_kernel": [3, 3], "bias": [3]}), bidirectional),
    ("costs",
     both_ways(layer("GRU", COSTLY, units=3, activation="tanh", recurrent_activation="sigmoid", use_bias=False,
                     **dict(RECURRENT, return_sequences=True)), "concat"), [3, 2],
     both_directions({"kernel": [2, 9], "recurrent_kernel": [3, 9]}), bidirectional),
    ("two heads", layer("MultiHeadAttention", COSTLY, num_heads=2, key_dim=3, value_dim=4, dropout=0.0, use_bias=True,
                        use_causal_mask=False), [4, 5], weights_of_attention(5, 2, 3, 4), attention),
    ("causal, dropped", layer("MultiHeadAttention", num_heads=3, key_dim=2, value_dim=2, dropout=0.3, use_bias=False,
                              use_causal_mask=True), [4, 2],
     {key: shape for key, shape in weights_of_attention(2, 3, 2, 2).items() if "bias" not in key}, attention),
    ("Masking and LSTM", network(plain("Masking", mask_value=0.5), LSTM), [4, 2], named("lstm", LSTM_OF_2),
     masked(0.5, recurrent(lstm, 2)), None, GAPS),
    ("Masking and GRU, all outputs, backwards",
     network(plain("Masking", mask_value=0.5),
             layer("GRU", units=3, activation="tanh", recurrent_activation="sigmoid", use_bias=False,
                   **BACKWARDS_AND_DROPPED)), [4, 2], named("gru", {"kernel": [2, 9], "recurrent_kernel": [3, 9]}),
     masked(0.5, recurrent(gru, 1)), None, GAPS),
    ("Masking and attention",
     network(plain("Masking", mask_value=0.5), layer("MultiHeadAttention", num_heads=2, key_dim=2, value_dim=2,
                                                     dropout=0.0, use_bias=True, use_causal_mask=True)), [4, 2],
     named("multi_head_attention", weights_of_attention(2, 2, 2, 2)), masked(0.5, attention), None, GAPS),
    ("words", network(
        plain("Embedding", input_dim=5, output_dim=3, embeddings_initializer="random_uniform",
              embeddings_regularizer={"l1": 0.0, "l2": 0.0}, mask_zero=True),
        both_ways(dict(LSTM, return_sequences=True), "concat"),
        layer("MultiHeadAttention", num_heads=2, key_dim=2, value_dim=2, dropout=0.0, use_bias=True,
              use_causal_mask=False),
        plain("Add", **{"from": ["bidirectional", "multi_head_attention"]}),
        plain("LayerNormalization", epsilon=1e-3, center=True, scale=True),
        head(3, "tanh"), plain("GlobalAveragePooling1D")), [4],
     {"embedding/embeddings": [5, 3],
      **named("bidirectional", both_directions({"kernel": [3, 12], "recurrent_kernel": [3, 12], "bias": [12]})),
      **named("multi_head_attention", weights_of_attention(6, 2, 2, 2)),
      "layer_normalization/gamma": [6], "layer_normalization/beta": [6], "dense/kernel": [6, 3], "dense/bias": [3]},
     encoder, None, WORDS),
    ("Masking and both ways, all outputs", network(
        plain("Masking", mask_value=0.5), both_ways(dict(LSTM, return_sequences=True), "concat"), plain("Flatten"),
        head(2, "tanh")), [4, 2],
     {**named("bidirectional", both_directions(LSTM_OF_2)), "dense/kernel": [24, 2], "dense/bias": [2]},
     both_ways_and_masked, None, GAPS),
    ("Dense, costs", distributed(layer("Dense", dict(COSTLY, activity_regularizer={"l1": 0.0, "l2": 0.0}), units=2,
                                       activation="tanh", use_bias=True)), [4, 3], {"kernel": [3, 2], "bias": [2]},
     each_step(dense)),
    ("Dense, steps in steps", distributed(layer("Dense", units=2, **LINEAR)), [2, 3, 4], {"kernel": [4, 2], "bias": [2]},
     each_step(dense)),
    ("Conv2D", distributed(layer("Conv2D", filters=3, **window((2, 3), (1, 2), "same"), dilation_rate=[1, 1], groups=1,
                                 activation="tanh", use_bias=True)), [3, 3, 4, 2],
     {"kernel": [2, 3, 2, 3], "bias": [3]}, each_step(conv2d)),
    ("Conv1D", distributed(layer("Conv1D", filters=2, kernel_size=3, strides=1, padding="causal", dilation_rate=1,
                                 groups=1, **LINEAR)), [2, 4, 2], {"kernel": [3, 2, 2], "bias": [2]}, each_step(conv1d)),
    ("MaxPooling2D", distributed(plain("MaxPooling2D", **pool([2, 2], [2, 2], "valid"))), [2, 4, 5, 2], {},
     each_step(max_pooling)),
    ("Flatten", distributed(plain("Flatten")), [3, 2, 2], {}, lambda c, w, x, random: x.flatten(2)),
    ("Dropout", distributed(plain("Dropout", rate=0.4)), [3, 4], {}, dropout_of_steps),
    ("BatchNormalization", distributed(plain("BatchNormalization", momentum=0.9, epsilon=1e-3, center=True, scale=True)),
     [3, 2], {"gamma": [2], "beta": [2], "moving_mean": [2], "moving_variance": [2]}, each_step(normalization_of_batch)),
    ("BatchNormalization of images",
     distributed(plain("BatchNormalization", momentum=0.9, epsilon=0.1, center=False, scale=False)), [2, 3, 2, 2],
     {"moving_mean": [2], "moving_variance": [2]}, each_step(normalization_of_batch)),
    ("LayerNormalization", distributed(plain("LayerNormalization", epsilon=1e-3, center=True, scale=True)), [3, 4],
     {"gamma": [4], "beta": [4]}, each_step(normalization_of_layer)),
    ("LSTM, last outputs", distributed(LSTM), [2, 4, 2], LSTM_OF_2, each_step(recurrent(lstm, 2))),
    ("Bidirectional", distributed(both_ways(dict(LSTM, return_sequences=True), "ave")), [2, 3, 2],
     both_directions(LSTM_OF_2), each_step(bidirectional)),
    ("Bidirectional, costs", distributed(
        both_ways(layer("SimpleRNN", COSTLY, units=2, activation="tanh", use_bias=True,
                        **dict(RECURRENT, return_sequences=True)), "concat")), [2, 3, 2],
     both_directions({"kernel": [2, 2], "recurrent_kernel": [2, 2], "bias": [2]}), each_step(bidirectional)),
    ("Embedding, costs", distributed(
        plain("Embedding", input_dim=5, output_dim=3, embeddings_initializer="random_uniform",
              embeddings_regularizer={"l1": 0.01, "l2": 0.02}, mask_zero=False)), [2, 2], {"embeddings": [5, 3]},
     each_step(embedding), None, WORDS),
    ("Masking and TimeDistributed", network(
        plain("Masking", mask_value=0.5), distributed(layer("Dense", units=3, activation="tanh", use_bias=True)),
        plain("GlobalAveragePooling1D")), [4, 2],
     {"time_distributed/kernel": [2, 3], "time_distributed/bias": [3]}, mean_of_masked_steps, None, GAPS),
    ("both ways", plain("RandomFlip", mode="horizontal_and_vertical"), [3, 4, 2], {}, random_flip),
    ("left to right", plain("RandomFlip", mode="horizontal"), [2, 3, 1], {}, random_flip),
    ("reflected", plain("RandomTranslation", height_factor=0.4, width_factor=0.9, fill_mode="reflect", fill_value=0.0),
     [3, 4, 2], {}, random_translation),
    ("constant", plain("RandomTranslation", height_factor=0.8, width_factor=0.0, fill_mode="constant", fill_value=0.7),
     [3, 4, 2], {}, random_translation),
    ("reflected", plain("RandomRotation", factor=0.4, fill_mode="reflect", fill_value=0.0), [4, 3, 2], {},
     random_rotation),
    ("nearest", plain("RandomRotation", factor=0.2, fill_mode="nearest", fill_value=0.0), [4, 3, 2], {}, random_rotation),
    ("wrapped, as wide as high",
     plain("RandomZoom", height_factor=0.5, width_factor=-1.0, fill_mode="wrap", fill_value=0.0), [4, 3, 2], {},
     random_zoom),
    ("constant", plain("RandomZoom", height_factor=0.5, width_factor=0.3, fill_mode="constant", fill_value=-0.5),
     [4, 3, 2], {}, random_zoom),
    ("within limits", plain("RandomContrast", factor=0.5, smallest=-0.9, largest=0.8), [3, 4, 2], {}, random_contrast),
]


def cost(penalty, x):
    return penalty["l1"] * x.abs().sum() + penalty["l2"] * x.square().sum()


def cost_of_output(penalty, y):
    return cost(penalty, y) / BATCH  # as by Keras 3.14 and later; in TimeDistributed each step adds its own


def costs(c, w, x, y):
    if c["type"] == "TimeDistributed":
        return costs(c["layer"], w, x.flatten(0, 1), y)
    if c["type"] == "Bidirectional":
        return sum(costs(inner, each, x, recurrent(*STEPS_OF[inner["type"]])(inner, each, x, None))
                   for inner, each in ((c["layer"], under("forward", w)),
                                       (dict(c["layer"], go_backwards=not c["layer"]["go_backwards"]), under("backward", w)))
                   if inner["activity_regularizer"]["l1"] > 0)
    if c["type"] == "ActivityRegularization":
        return cost_of_output(c, y)
    if "embeddings_regularizer" in c:
        return cost(c["embeddings_regularizer"], w["embeddings"])
    if "kernel_regularizer" not in c:
        return 0
    total = cost_of_output(c["activity_regularizer"], y)
    if c["type"] == "MultiHeadAttention":  # in Keras, each of its four products is a layer with the same settings
        total = total + sum(cost_of_output(c["activity_regularizer"], heads(c, w, x, part))
                            for part in ("query", "key", "value"))
    for name, weight in w.items():
        if name.endswith("bias"):
            total = total + cost(c["bias_regularizer"], weight)
        elif name.endswith("kernel") and "recurrent" not in name:
            total = total + cost(c["kernel_regularizer"], weight)
    return total


def reference(name, c, sample, shapes, compute, out=None, given=None):
    random = Randomness()
    x = numbers([BATCH, *sample], lambda i: given[i] if given else math.cos(0.9 + 1.7 * i)).requires_grad_()
    w = {}
    for j, (weight, shape) in enumerate(shapes.items()):
        w[weight] = numbers(shape, lambda i: 0.5 * math.sin(1.1 + 2.3 * i + j)).requires_grad_()
    learned = {"x": x, **w}
    found = {"name": c["type"] + ", " + name, "layer": c, "input_shape": sample, "losses": []}
    if given:
        found["x"] = given
    for step in range(STEPS):
        y = compute(dict(c, out=out), w, x, random)
        target = numbers(y.shape, lambda i: 0.5 * math.sin(0.3 + 1.9 * i))
        loss = (y - target).square().mean() + costs(c, w, x, y)
        gradients = torch.autograd.grad(loss, list(learned.values()), allow_unused=True)
        if step == 0:
            found["output_shape"] = list(y.shape[1:])
            found["output"] = y.flatten().tolist()
            found["gradients"] = {key: (torch.zeros_like(value) if g is None else g).flatten().tolist()
                                  for (key, value), g in zip(learned.items(), gradients)}
        found["losses"].append(loss.item())
        with torch.no_grad():
            for value, gradient in zip(learned.values(), gradients):
                if gradient is not None:
                    value -= RATE * gradient
    found["after"] = {key: value.flatten().tolist() for key, value in learned.items()}
    return found


def short(value):
    if isinstance(value, float):
        return float("%.9g" % value)
    if isinstance(value, dict):
        return {key: short(inner) for key, inner in value.items()}
    return [short(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    references = [reference(*case) for case in CASES]
    for found in references:
        for key in ("output", "gradients", "losses", "after"):
            found[key] = short(found[key])
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "layer-references.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(found) for found in references) + "\n]\n")
