"""Makes the networks that ModelCheckTest checks: three numbers in, two out. Debian's python3-onnx.

    /usr/bin/python3 make.py     # writes *.onnx beside itself
"""

from pathlib import Path

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

WEIGHTS = numpy.array([[1, 2], [3, 4], [5, 6]], numpy.float32)


def write(name, nodes, *constants, width=2):
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", width])],
        [numpy_helper.from_array(value, key) for key, value in constants],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, Path(__file__).with_name(name + ".onnx"))


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs.split(), [output], **attributes)


def slow():
    """Goes round for long; what it goes round with depends on the input, so nothing can be folded."""
    value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
    body = helper.make_graph(
        [node("Identity", "go", "goes"), node("Sin", "before", "after")],
        "round",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            value("before"),
        ],
        [helper.make_tensor_value_info("goes", TensorProto.BOOL, []), value("after")],
    )
    write(
        "slow",
        [node("MatMul", "x w", "z"), node("Loop", "times yes z", "y", body=body)],
        ("w", WEIGHTS),
        ("times", numpy.array(20_000, numpy.int64)),
        ("yes", numpy.array(True)),
    )


w = ("w", WEIGHTS)
write("sound", [node("MatMul", "x w", "y")], w)
write("wide", [node("MatMul", "x w", "y")], ("w", numpy.ones((3, 3), numpy.float32)), width=3)
write("nan", [node("MatMul", "x w", "z"), node("Sqrt", "z", "y")], w)
write("deaf", [node("MatMul", "x w", "z"), node("Mul", "z nought", "y")], w, ("nought", numpy.zeros(1, numpy.float32)))
write(
    "mixing",
    [node("MatMul", "x w", "z"), node("ReduceMean", "z", "m", axes=[0]), node("Sub", "z m", "y")],
    w,
)
write(
    "throwing",
    [node("MatMul", "x w", "z"), node("Add", "z two", "y")],
    w,
    ("two", numpy.zeros((2, 2), numpy.float32)),
)
slow()
