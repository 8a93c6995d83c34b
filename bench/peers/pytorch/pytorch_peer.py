#!/usr/bin/env python3
"""PyTorch in Python as its documentation shows it, for ./gradienttape bench NAME --peers.

usage: pytorch_peer.py mlp|mlp-wide|gan|fashion THREADS FOLDER-WITH-THE-FOUR-IDX-FILES
       pytorch_peer.py lstm|residual THREADS FOLDER-WITH-THE-FOUR-IDX-FILES WEIGHTS-TO-START-FROM
       pytorch_peer.py check
Writes "ready NAME" or "refused REASON", then, unless it is only checked, "result RESULT SECONDS ..." for each line
"train UNITS" that it reads.
"""
import gzip
import math
import sys
import time
from pathlib import Path

BATCH = 64


def refuse(reason):
    print("refused " + reason, flush=True)
    sys.exit(0)


try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError:
    refuse(f"{sys.executable} has no module torch. On Debian, type: apt-get install python3-torch libopenblas0-pthread")


def content(folder, name):
    """The bytes of a file, which may be packed."""
    path, packed = Path(folder) / name, Path(folder) / (name + ".gz")
    return bytearray(path.read_bytes() if path.exists() else gzip.decompress(packed.read_bytes()))


def pixels(folder, name):
    """[images, 784] as float32, from 0 to 255."""
    return torch.frombuffer(content(folder, name)[16:], dtype=torch.uint8).reshape(-1, 784).float()


def labels(folder, name):
    return torch.frombuffer(content(folder, name)[8:], dtype=torch.uint8).long()


def glorot(module):
    """Keras' initialisation."""
    if isinstance(module, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)


class Mlp:
    """784-64-64-10, pixels as stored, SGD 1e-3; an epoch is 50,000 digits and a pass over 10,000 validation digits."""

    units, batch = 64, BATCH

    def __init__(self, folder):
        x = pixels(folder, "train-images-idx3-ubyte")
        y = labels(folder, "train-labels-idx1-ubyte")
        self.training, self.validation = (x[:50000], y[:50000]), (x[50000:], y[50000:])

    def train(self, epochs):
        model = nn.Sequential(nn.Linear(784, self.units), nn.ReLU(), nn.Linear(self.units, self.units), nn.ReLU(),
                              nn.Linear(self.units, 10))
        model.apply(glorot)
        optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
        seconds = []
        for _ in range(epochs):
            start = time.perf_counter()
            right = torch.zeros((), dtype=torch.long)
            for x, y in self.batches(*self.training):
                logits = model(x)
                loss = F.cross_entropy(logits, y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                right += (logits.argmax(1) == y).sum()
            with torch.no_grad():
                right = sum(int((model(x).argmax(1) == y).sum()) for x, y in self.batches(*self.validation))
            seconds.append(time.perf_counter() - start)
        return right / len(self.validation[0]), seconds

    def batches(self, x, y):
        return zip(x.split(self.batch), y.split(self.batch))


class WideMlp(Mlp):
    """784-1024-1024-10 in batches of 256."""

    units, batch = 1024, 256


def numbers(file):
    """Those of a file, which are float32 one after the other."""
    return torch.frombuffer(bytearray(Path(file).read_bytes()), dtype=torch.float32)


class Lstm:
    """28 rows of 28 pixels, LSTM with 128 units, Adam; an epoch is 6,400 digits, in seconds of the processor."""

    sizes = (28, 512), (128, 512), (512,), (128, 10), (10,)

    def __init__(self, folder, start):
        x = pixels(folder, "train-images-idx3-ubyte")[:6400].reshape(-1, 28, 28) / 255
        y = labels(folder, "train-labels-idx1-ubyte")[:6400]
        self.batches = list(zip(x.split(BATCH), y.split(BATCH)))
        self.start = [part.reshape(size).T if len(size) == 2 else part for part, size in
                      zip(numbers(start).split([math.prod(size) for size in self.sizes]), self.sizes)]

    def network(self):
        """With the weights to start from. PyTorch adds a second bias, which stays 0."""
        lstm, head = nn.LSTM(28, 128, batch_first=True), nn.Linear(128, 10)
        learning = lstm.weight_ih_l0, lstm.weight_hh_l0, lstm.bias_ih_l0, head.weight, head.bias
        with torch.no_grad():
            for weight, given in zip(learning, self.start):
                weight.copy_(given)
            lstm.bias_hh_l0.zero_()
        lstm.bias_hh_l0.requires_grad_(False)
        return lstm, head, learning

    def train(self, epochs):
        lstm, head, learning = self.network()
        optimizer = torch.optim.Adam(learning, lr=1e-3, eps=1e-7)
        seconds = []
        for _ in range(1 + epochs):
            start = time.process_time()
            total = 0.0
            for x, y in self.batches:
                loss = F.cross_entropy(head(lstm(x)[0][:, -1]), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.detach()
            total = total.item() / len(self.batches)
            seconds.append(time.process_time() - start)
        return total, seconds[1:]


def he(weight):
    """Keras' HeNormal: a normal distribution that is cut off at two standard deviations, which narrows it."""
    deviation = math.sqrt(2 / weight[0].numel()) / .87962566103423978
    nn.init.trunc_normal_(weight, std=deviation, a=-2 * deviation, b=2 * deviation)


def normalized(channels, filters, size=3, stride=1):
    """A convolution padded as TensorFlow does, and Keras' BatchNormalization."""
    narrows = size == 3 and stride == 2
    convolution = nn.Conv2d(channels, filters, size, stride, padding=0 if narrows else size // 2, bias=False)
    he(convolution.weight)
    normalization = nn.BatchNorm2d(filters, eps=1e-3, momentum=.01)
    return nn.Sequential(*[nn.ZeroPad2d((0, 1, 0, 1))] * narrows, convolution, normalization)


class Block(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.changed = nn.Sequential(
            normalized(channels, filters, stride=stride), nn.ReLU(), normalized(filters, filters))
        self.shortcut = normalized(channels, filters, 1, 2) if stride == 2 else nn.Identity()

    def forward(self, x):
        return F.relu(self.changed(x) + self.shortcut(x))


def residual():
    """The preset Residual network for small images: 20 layers, images of one channel, 10 classes."""
    blocks = [Block(16, 16, 1) for _ in range(3)]
    for filters in (32, 64):
        blocks += [Block(filters // 2, filters, 2), Block(filters, filters, 1), Block(filters, filters, 1)]
    head = nn.Linear(64, 10)
    glorot(head)
    return nn.Sequential(normalized(1, 16), nn.ReLU(), *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), head)


def fill(model, given):
    """Gives the model weights in its own order, laid out as Keras does: height x width x in x out, and in x out."""
    for name, weight in model.state_dict().items():
        if not name.endswith("num_batches_tracked"):
            part, given = given.split([weight.numel(), given.numel() - weight.numel()])
            height_first = (*weight.shape[2:], *weight.shape[1::-1])
            axes = {4: (3, 2, 0, 1), 2: (1, 0), 1: (0,)}[weight.dim()]
            weight.copy_(part.reshape(height_first).permute(axes))


class Residual:
    """Digits with two lines of zeros around them, Adam; an epoch is 640 digits, in seconds of the processor."""

    def __init__(self, folder, start):
        self.start = numbers(start)
        x = pixels(folder, "train-images-idx3-ubyte")[:640].reshape(-1, 1, 28, 28) / 255
        y = labels(folder, "train-labels-idx1-ubyte")[:640]
        self.batches = list(zip(x.split(BATCH), y.split(BATCH)))

    def train(self, epochs):
        model = residual()
        fill(model, self.start)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
        seconds = []
        for _ in range(1 + epochs):
            start = time.process_time()
            total = 0.0
            for x, y in self.batches:
                loss = F.cross_entropy(model(F.pad(x, (2, 2, 2, 2))), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.detach()
            total = total.item() / len(self.batches)
            seconds.append(time.process_time() - start)
        return total, seconds[1:]


class Fashion:
    """Fashion-MNIST, batches of 128, Adam whose rate goes along a cosine to 0; accuracy on the test files."""

    batch = 128

    def __init__(self, folder):
        self.x, self.test_x = (pixels(folder, name + "-images-idx3-ubyte").reshape(-1, 1, 28, 28) / 255
                               for name in ("train", "t10k"))
        self.y, self.test_y = (labels(folder, name + "-labels-idx1-ubyte") for name in ("train", "t10k"))

    def train(self, epochs):
        model = residual()
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
        steps = epochs * math.ceil(len(self.x) / self.batch)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (1 + math.cos(math.pi * step / steps)) / 2)
        seconds = []
        for _ in range(epochs):
            start = time.perf_counter()
            model.train()
            for chosen in torch.randperm(len(self.x)).split(self.batch):
                loss = F.cross_entropy(model(self.x[chosen]), self.y[chosen])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()
            model.eval()
            with torch.no_grad():
                right = sum(int((model(x).argmax(1) == y).sum())
                            for x, y in zip(self.test_x.split(self.batch), self.test_y.split(self.batch)))
            seconds.append(time.perf_counter() - start)
            print(f"PyTorch: accuracy {right / len(self.test_y):.4f}, {seconds[-1]:.0f} s", file=sys.stderr)
        return right / len(self.test_y), seconds


class Same(nn.Module):
    """A convolution with strides of 2, padded as TensorFlow does: nothing before, one line after."""

    def __init__(self, channels, filters):
        super().__init__()
        self.convolution = nn.Conv2d(channels, filters, 3, stride=2)

    def forward(self, x):
        return self.convolution(F.pad(x, (0, 1, 0, 1)))


class Gan:
    """The guide's DCGAN, Adam 3e-4 and 4e-4."""

    def __init__(self, folder):
        names = ("train-images-idx3-ubyte", "t10k-images-idx3-ubyte")
        self.digits = torch.cat([pixels(folder, name) for name in names]).reshape(-1, 1, 28, 28) / 255

    def train(self, steps):
        discriminator = nn.Sequential(
            Same(1, 64), nn.LeakyReLU(.2), Same(64, 128), nn.LeakyReLU(.2),
            nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(128, 1)).apply(glorot)
        generator = nn.Sequential(
            nn.Linear(128, 7 * 7 * 128), nn.LeakyReLU(.2), nn.Unflatten(1, (128, 7, 7)),
            nn.ConvTranspose2d(128, 128, 4, stride=2, padding=1), nn.LeakyReLU(.2),
            nn.ConvTranspose2d(128, 128, 4, stride=2, padding=1), nn.LeakyReLU(.2),
            nn.Conv2d(128, 1, 7, padding=3), nn.Sigmoid()).apply(glorot)
        d_optimizer = torch.optim.Adam(discriminator.parameters(), lr=3e-4, eps=1e-7)
        g_optimizer = torch.optim.Adam(generator.parameters(), lr=4e-4, eps=1e-7)
        seconds = []
        for real in self.digits[:steps * BATCH].split(BATCH):
            start = time.perf_counter()
            with torch.no_grad():
                generated = generator(torch.randn(BATCH, 128))
            target = torch.cat([torch.ones(BATCH, 1), torch.zeros(BATCH, 1)]) + .05 * torch.rand(2 * BATCH, 1)
            loss = F.binary_cross_entropy_with_logits(discriminator(torch.cat([generated, real])), target)
            d_optimizer.zero_grad()
            loss.backward()
            d_optimizer.step()
            misled = discriminator(generator(torch.randn(BATCH, 128)))
            g_loss = F.binary_cross_entropy_with_logits(misled, torch.zeros(BATCH, 1))
            g_optimizer.zero_grad()
            g_loss.backward()
            g_optimizer.step()
            result = loss.item()
            g_loss.item()
            seconds.append(time.perf_counter() - start)
        return result, seconds


def linear_algebra():
    """The BLAS that a matrix product has just used. Debian's own default makes PyTorch ten times slower."""
    torch.ones(64, 64) @ torch.ones(64, 64)
    if torch.backends.mkl.is_available():
        return "MKL"
    if "openblas" in Path("/proc/self/maps").read_text():
        return "OpenBLAS"
    return refuse("it has neither OpenBLAS nor MKL, which makes it ten times slower. On Debian, type:"
                  " apt-get install libopenblas0-pthread")


JOBS = {"mlp": Mlp, "mlp-wide": WideMlp, "gan": Gan, "lstm": Lstm, "residual": Residual, "fashion": Fashion}


def main():
    name = f"PyTorch {torch.__version__} in Python, {linear_algebra()}"
    if sys.argv[1:] == ["check"]:
        print("ready", name)
        return
    job, threads, *files = sys.argv[1:]
    torch.set_num_threads(int(threads))
    torch.manual_seed(0)
    trained = JOBS[job](*files)
    print("ready", name, flush=True)
    for line in sys.stdin:
        result, seconds = trained.train(int(line.split()[1]))
        print("result", result, *seconds, flush=True)


main()
