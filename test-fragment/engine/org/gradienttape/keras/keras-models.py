"""Writes models as Keras 3 saves them, and what they give, computed with NumPy in double precision.

Run with Debian's python3-h5py: python3 keras-models.py
It follows the published layout (keras-team/keras, keras/src/saving/saving_lib.py) and the layers' documentation
(keras.io/api/layers), without Keras. Beside it appear images.keras, rows.keras, sequences.keras, parts.keras,
halves.weights.h5 and keras-models.json.
"""

import io
import json
import math
import os
import zipfile

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(16)


def weight(*shape, low=-0.7, high=0.7):
    return random.uniform(low, high, shape).astype(np.float32)


def described(module, name, config):
    return {"module": module, "class_name": name, "config": config, "registered_name": None}


def initializer(name):
    return described("keras.initializers", name, {"seed": None} if name == "GlorotUniform" else {})


POLICY = described("keras", "DTypePolicy", {"name": "float32"})


def layer(name, own_name, **config):
    return described("keras.layers", name, {"name": own_name, "trainable": True, "dtype": POLICY, **config})


def input_layer(*shape):
    return described(
        "keras.layers",
        "InputLayer",
        {"batch_shape": [None, *shape], "dtype": "float32", "sparse": False, "ragged": False, "name": "input_layer"},
    )


def common(activation, kernel="kernel"):
    return {
        "activation": activation,
        "use_bias": True,
        kernel + "_initializer": initializer("GlorotUniform"),
        "bias_initializer": initializer("Zeros"),
        kernel + "_regularizer": None,
        "bias_regularizer": None,
        "activity_regularizer": None,
        kernel + "_constraint": None,
        "bias_constraint": None,
    }


def window(size, stride, padding, **more):
    return {
        "kernel_size": [size, size],
        "strides": [stride, stride],
        "padding": padding,
        "data_format": "channels_last",
        "dilation_rate": [1, 1],
        **more,
    }


def batch_normalization(own_name):
    return layer(
        "BatchNormalization",
        own_name,
        axis=-1,
        momentum=0.9,
        epsilon=0.002,
        center=True,
        scale=True,
        beta_initializer=initializer("Zeros"),
        gamma_initializer=initializer("Ones"),
        moving_mean_initializer=initializer("Zeros"),
        moving_variance_initializer=initializer("Ones"),
        beta_regularizer=None,
        gamma_regularizer=None,
        beta_constraint=None,
        gamma_constraint=None,
        synchronized=False,
    )


# What layers give, after their documentation.


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def same(x, size, stride):
    pads = []
    for n in x.shape[1:3]:
        total = max((-(-n // stride) - 1) * stride + size - n, 0)
        pads.append((total // 2, total - total // 2))
    return np.pad(x, [(0, 0), *pads, (0, 0)])


def windows(x, size, stride):
    rows = (x.shape[1] - size) // stride + 1
    columns = (x.shape[2] - size) // stride + 1
    for i in range(rows):
        for j in range(columns):
            yield i, j, x[:, i * stride : i * stride + size, j * stride : j * stride + size, :]


def convolved(x, kernel, bias, stride):
    size = kernel.shape[0]
    out = np.zeros((x.shape[0], (x.shape[1] - size) // stride + 1, (x.shape[2] - size) // stride + 1, kernel.shape[3]))
    for i, j, seen in windows(x, size, stride):
        out[:, i, j, :] = np.einsum("bhwc,hwco->bo", seen, kernel)
    return out + bias


def by_channel(x, kernel):
    size = kernel.shape[0]
    out = np.zeros((x.shape[0], x.shape[1] - size + 1, x.shape[2] - size + 1, kernel.shape[2] * kernel.shape[3]))
    for i, j, seen in windows(x, size, 1):
        out[:, i, j, :] = np.einsum("bhwc,hwcm->bcm", seen, kernel).reshape(x.shape[0], -1)
    return out


def transposed(x, kernel, bias, stride):
    size, _, outputs, _ = kernel.shape
    height, width = ((n - 1) * stride + max(size, stride) for n in x.shape[1:3])
    out = np.zeros((x.shape[0], height, width, outputs))
    for i in range(x.shape[1]):
        for j in range(x.shape[2]):
            out[:, i * stride : i * stride + size, j * stride : j * stride + size, :] += np.einsum(
                "bc,hwoc->bhwo", x[:, i, j, :], kernel
            )
    return out + bias


def normalized(x, gamma, beta, mean, variance):
    return (x - mean) / np.sqrt(variance + 0.002) * gamma + beta


def largest(x):
    out = np.zeros((x.shape[0], x.shape[1] // 2, x.shape[2] // 2, x.shape[3]))
    for i, j, seen in windows(x, 2, 2):
        out[:, i, j, :] = seen.max(axis=(1, 2))
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm(x, kernel, recurrent, bias):
    units = recurrent.shape[0]
    h, c, outputs = np.zeros((x.shape[0], units)), np.zeros((x.shape[0], units)), []
    for step in range(x.shape[1]):
        i, f, g, o = np.split(x[:, step] @ kernel + h @ recurrent + bias, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        outputs.append(h)
    return np.stack(outputs, axis=1)


def gru(x, kernel, recurrent, bias):
    h = np.zeros((x.shape[0], recurrent.shape[0]))
    for step in reversed(range(x.shape[1])):
        xz, xr, xh = np.split(x[:, step] @ kernel + bias[0], 3, axis=1)
        hz, hr, hh = np.split(h @ recurrent + bias[1], 3, axis=1)
        z = sigmoid(xz + hz)
        h = z * h + (1 - z) * np.tanh(xh + sigmoid(xr + hr) * hh)
    return h


# The files.


def weights_file(groups):
    """The weights of each layer in a group vars of its own, numbered; the group knows the layer's name."""
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        file.create_group("vars").attrs["name"] = "sequential"
        for path, (name, arrays) in groups.items():
            variables = file.require_group(path).create_group("vars")
            variables.attrs["name"] = name
            for i, array in enumerate(arrays):
                variables[str(i)] = array
    return out.getvalue()


def save(name, config, groups):
    entries = {
        "metadata.json": json.dumps({"keras_version": "3.8.0", "date_saved": "2026-01-02@03:04:05"}).encode(),
        "config.json": json.dumps(config).encode(),
        "model.weights.h5": weights_file(groups),
    }
    with zipfile.ZipFile(os.path.join(HERE, name), "w") as file:
        for entry, content in entries.items():
            file.writestr(zipfile.ZipInfo(entry, (2026, 1, 2, 3, 4, 6)), content)


def images():
    groups = {
        "layers/conv2d": ("edges", [weight(3, 3, 2, 4), weight(4)]),
        "layers/batch_normalization": ("even", [weight(4), weight(4), weight(4), weight(4, low=0.3, high=2)]),
        "layers/depthwise_conv2d": ("alone", [weight(2, 2, 4, 2), weight(8)]),
        "layers/leaky_re_lu": ("leaky", []),
        "layers/separable_conv2d": ("apart", [weight(2, 2, 8, 1), weight(1, 1, 8, 5), weight(5)]),
        "layers/conv2d_transpose": ("grow", [weight(3, 3, 3, 5), weight(3)]),
        "layers/conv2d_1": ("second", [weight(2, 2, 3, 2), weight(2)]),
        "layers/max_pooling2d": ("pool", []),
        "layers/dropout": ("drop", []),
        "layers/flatten": ("flat", []),
        "layers/dense": ("scores", [weight(32, 3), weight(3)]),
    }
    config = described(
        "keras",
        "Sequential",
        {
            "name": "sequential",
            "trainable": True,
            "dtype": POLICY,
            "layers": [
                input_layer(9, 9, 2),
                layer("Conv2D", "edges", filters=4, **window(3, 2, "same", groups=1), **common("relu")),
                batch_normalization("even"),
                layer(
                    "DepthwiseConv2D",
                    "alone",
                    depth_multiplier=2,
                    **window(2, 1, "valid"),
                    **common("linear", kernel="depthwise"),
                ),
                layer("LeakyReLU", "leaky", negative_slope=0.25),
                layer(
                    "SeparableConv2D",
                    "apart",
                    filters=5,
                    depth_multiplier=1,
                    pointwise_initializer=initializer("GlorotUniform"),
                    pointwise_regularizer=None,
                    pointwise_constraint=None,
                    **window(2, 1, "valid"),
                    **common("tanh", kernel="depthwise"),
                ),
                layer(
                    "Conv2DTranspose",
                    "grow",
                    filters=3,
                    output_padding=None,
                    **window(3, 3, "valid"),
                    **common("linear"),
                ),
                layer("Conv2D", "second", filters=2, **window(2, 1, "valid", groups=1), **common("sigmoid")),
                layer(
                    "MaxPooling2D",
                    "pool",
                    pool_size=[2, 2],
                    padding="valid",
                    strides=[2, 2],
                    data_format="channels_last",
                ),
                layer("Dropout", "drop", rate=0.5, seed=None, noise_shape=None),
                layer("Flatten", "flat", data_format="channels_last"),
                layer("Dense", "scores", units=3, **common("softmax")),
            ],
            "build_input_shape": [None, 9, 9, 2],
        },
    )
    save("images.keras", config, groups)
    w = {path: [array.astype(np.float64) for array in arrays] for path, (_, arrays) in groups.items()}
    x = random.uniform(-1, 1, (2, 9, 9, 2)).astype(np.float32)
    y = relu(convolved(same(x.astype(np.float64), 3, 2), *w["layers/conv2d"], 2))
    y = normalized(y, *w["layers/batch_normalization"])
    kernel, bias = w["layers/depthwise_conv2d"]
    y = by_channel(y, kernel) + bias
    y = np.where(y > 0, y, 0.25 * y)
    kernel, mixing, bias = w["layers/separable_conv2d"]
    y = np.tanh(by_channel(y, kernel) @ mixing[0, 0] + bias)
    y = transposed(y, *w["layers/conv2d_transpose"], 3)
    y = 1 / (1 + np.exp(-convolved(y, *w["layers/conv2d_1"], 1)))
    y = largest(y)
    kernel, bias = w["layers/dense"]
    y = softmax(y.reshape(2, -1) @ kernel + bias)
    return x, y


def node(*history):
    tensor = {
        "class_name": "__keras_tensor__",
        "config": {"shape": [None, 5], "dtype": "float32", "keras_history": list(history)},
    }
    return [{"args": [tensor], "kwargs": {}}]


def functional(first, layers, last):
    """A Functional model of one input and one output."""
    config = described(
        "keras.src.models.functional",
        "Functional",
        {
            "name": "functional",
            "trainable": True,
            "layers": layers,
            "input_layers": [[first, 0, 0]],
            "output_layers": [[last, 0, 0]],
        },
    )
    config["registered_name"] = "Functional"
    return config


def rows():
    """A Functional model in a row, with a Sequential one in it."""
    inner = described(
        "keras",
        "Sequential",
        {
            "name": "base",
            "trainable": True,
            "dtype": POLICY,
            "layers": [input_layer(5), layer("Dense", "a", units=4, **common("gelu")), batch_normalization("b")],
            "build_input_shape": [None, 5],
        },
    )
    layers = [input_layer(5), inner, layer("Activation", "act", activation="elu")]
    layers.append(layer("Dense", "head", units=2, **common("linear")))
    names = ["input_layer", "base", "act", "head"]
    for i, described_layer in enumerate(layers):
        described_layer["name"] = names[i]
        described_layer["inbound_nodes"] = node(names[i - 1], 0, 0) if i else []
    config = functional("input_layer", layers, "head")
    groups = {
        "layers/input_layer": ("input_layer", []),
        "layers/sequential": ("base", []),
        "layers/sequential/layers/dense": ("a", [weight(5, 4), weight(4)]),
        "layers/sequential/layers/batch_normalization": (
            "b",
            [weight(4), weight(4), weight(4), weight(4, low=0.3, high=2)],
        ),
        "layers/activation": ("act", []),
        "layers/dense": ("head", [weight(4, 2), weight(2)]),
        "optimizer": ("adam", [np.array(7, dtype=np.int64), weight(5, 4)]),
    }
    save("rows.keras", config, groups)
    w = {path: [array.astype(np.float64) for array in arrays] for path, (_, arrays) in groups.items()}
    x = random.uniform(-1, 1, (3, 5)).astype(np.float32)
    kernel, bias = w["layers/sequential/layers/dense"]
    y = x.astype(np.float64) @ kernel + bias
    y = y * 0.5 * (1 + np.vectorize(math.erf)(y / np.sqrt(2)))
    y = normalized(y, *w["layers/sequential/layers/batch_normalization"])
    y = np.where(y > 0, y, np.exp(y) - 1)
    kernel, bias = w["layers/dense"]
    return x, y @ kernel + bias


def recurrent(name, own_name, units, **more):
    return layer(
        name,
        own_name,
        units=units,
        recurrent_activation="sigmoid",
        recurrent_initializer=described("keras.initializers", "Orthogonal", {"seed": None, "gain": 1.0}),
        recurrent_regularizer=None,
        recurrent_constraint=None,
        dropout=0.0,
        recurrent_dropout=0.0,
        return_state=False,
        stateful=False,
        unroll=False,
        zero_output_for_mask=False,
        seed=None,
        **more,
        **common("tanh"),
    )


def sequences():
    """Recurrent layers own a cell, which has the weights."""
    groups = {
        "layers/lstm": ("forward", []),
        "layers/lstm/cell": ("lstm_cell", [weight(2, 12), weight(3, 12), weight(12)]),
        "layers/gru": ("back", []),
        "layers/gru/cell": ("gru_cell", [weight(3, 6), weight(2, 6), weight(2, 6)]),
    }
    config = described(
        "keras",
        "Sequential",
        {
            "name": "sequential",
            "trainable": True,
            "dtype": POLICY,
            "layers": [
                input_layer(5, 2),
                recurrent("LSTM", "forward", 3, return_sequences=True, go_backwards=False, unit_forget_bias=True),
                recurrent("GRU", "back", 2, return_sequences=False, go_backwards=True, reset_after=True),
            ],
            "build_input_shape": [None, 5, 2],
        },
    )
    save("sequences.keras", config, groups)
    w = {path: [array.astype(np.float64) for array in arrays] for path, (_, arrays) in groups.items()}
    x = random.uniform(-1, 1, (2, 5, 2)).astype(np.float32)
    return x, gru(lstm(x.astype(np.float64), *w["layers/lstm/cell"]), *w["layers/gru/cell"])


def called(name, *taken, **named):
    """A layer's one call, with the tensors of others."""
    tensors = [
        {
            "class_name": "__keras_tensor__",
            "config": {"shape": [None, 5, 2], "dtype": "float32", "keras_history": [source, 0, 0]},
        }
        for source in taken
    ]
    return {"name": name, "inbound_nodes": [{"args": tensors, "kwargs": named}] if taken else []}


def within_bidirectional(own_name, backwards):
    described_layer = recurrent(
        "LSTM", own_name, 2, return_sequences=True, go_backwards=backwards, unit_forget_bias=True
    )
    described_layer["config"]["zero_output_for_mask"] = True  # Bidirectional sets it
    return described_layer


def attention(x, query, query_bias, key, key_bias, value, value_bias, output, output_bias):
    """Each step looks at itself and those before it, in several ways."""
    q, k, v = (
        np.einsum("btd,dhk->bhtk", x, kernel) + bias[:, None, :]
        for kernel, bias in ((query, query_bias), (key, key_bias), (value, value_bias))
    )
    scores = np.einsum("bhqk,bhsk->bhqs", q, k) / np.sqrt(query.shape[2])
    scores = np.where(np.tril(np.ones(scores.shape[2:])) > 0, scores, -np.inf)
    return np.einsum("bhqs,bhsv,hvd->bqd", softmax(scores), v, output) + output_bias


def parts():
    """Layers of which Keras keeps the weights in layers within, each in a group that the attribute's name says."""
    both = [[weight(3, 8), weight(2, 8), weight(8)] for _ in range(2)]
    dense = layer("Dense", "step", units=3, **common("relu"))
    groups = {
        "layers/input_layer": ("steps", []),
        "layers/time_distributed": ("each", []),
        "layers/time_distributed/layer": ("step", [weight(2, 3), weight(3)]),
        "layers/bidirectional": ("both", []),
        "layers/bidirectional/backward_layer": ("backward_lstm", []),
        "layers/bidirectional/backward_layer/cell": ("lstm_cell", both[0]),
        "layers/bidirectional/forward_layer": ("forward_lstm", []),
        "layers/bidirectional/forward_layer/cell": ("lstm_cell", both[1]),
        "layers/multi_head_attention": ("look", []),
        "layers/multi_head_attention/key_dense": ("key", [weight(4, 2, 3), weight(2, 3)]),
        "layers/multi_head_attention/output_dense": ("attention_output", [weight(2, 1, 4), weight(4)]),
        "layers/multi_head_attention/query_dense": ("query", [weight(4, 2, 3), weight(2, 3)]),
        "layers/multi_head_attention/value_dense": ("value", [weight(4, 2, 1), weight(2, 1)]),
        "layers/multi_head_attention/_dropout_layer": ("dropout", []),
        "layers/multi_head_attention/_softmax": ("softmax", []),
        "layers/add": ("sum", []),
        "layers/global_average_pooling1d": ("mean", []),
        "layers/dense": ("scores", [weight(4, 2), weight(2)]),
    }
    look = layer(
        "MultiHeadAttention",
        "look",
        num_heads=2,
        key_dim=3,
        value_dim=1,
        dropout=0.0,
        output_shape=None,
        attention_axes=[1],
        seed=None,
        **{name: value for name, value in common("").items() if name != "activation"},
    )
    mean = layer("GlobalAveragePooling1D", "mean", data_format="channels_last", keepdims=False)
    layers = [
        {**input_layer(5, 2), **called("steps")},
        {**layer("TimeDistributed", "each", layer=dense), **called("each", "steps")},
        {
            **layer(
                "Bidirectional",
                "both",
                merge_mode="concat",
                layer=within_bidirectional("forward_lstm", False),
                backward_layer=within_bidirectional("backward_lstm", True),
            ),
            **called("both", "each"),
        },
        {**look, **called("look", "both", "both", use_causal_mask=True)},
        {**layer("Add", "sum"), **called("sum")},
        {**mean, **called("mean", "sum")},
        {**layer("Dense", "scores", units=2, **common("linear")), **called("scores", "mean")},
    ]
    layers[4]["inbound_nodes"] = [{"args": [called("", "both", "look")["inbound_nodes"][0]["args"]], "kwargs": {}}]
    config = functional("steps", layers, "scores")
    save("parts.keras", config, groups)
    w = {path: [array.astype(np.float64) for array in arrays] for path, (_, arrays) in groups.items()}
    x = random.uniform(-1, 1, (2, 5, 2)).astype(np.float32)
    kernel, bias = w["layers/time_distributed/layer"]
    y = relu(x.astype(np.float64) @ kernel + bias)
    ahead = lstm(y, *w["layers/bidirectional/forward_layer/cell"])
    back = lstm(y[:, ::-1], *w["layers/bidirectional/backward_layer/cell"])[:, ::-1]
    y = np.concatenate([ahead, back], axis=2)
    dense_of = ["query_dense", "key_dense", "value_dense", "output_dense"]
    y = y + attention(y, *[array for part in dense_of for array in w["layers/multi_head_attention/" + part]])
    kernel, bias = w["layers/dense"]
    return x, y.mean(axis=1) @ kernel + bias


def halves():
    """Weights of a Dense layer from 2 numbers to 1 in half precision."""
    arrays = [np.array([[0.5], [-2]], np.float16), np.array([1], np.float16)]
    with open(os.path.join(HERE, "halves.weights.h5"), "wb") as file:
        file.write(weights_file({"layers/dense": ("dense", arrays)}))


def main():
    halves()
    values = {}
    for name, (x, y) in {"images": images(), "rows": rows(), "sequences": sequences(), "parts": parts()}.items():
        values[name] = {"input": x.ravel().tolist(), "output": y.ravel().tolist()}
    with open(os.path.join(HERE, "keras-models.json"), "w") as file:
        json.dump(values, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
