"""Writes tables of reference values that ReferenceTablesTest compares the operators with.

A script a family: it computes with NumPy and SciPy, never with code of Stride, and calls

    table = Table(__file__, relative_to="each element")
    table.case("stride.exp", {"x": x}, {"y": numpy.exp(x)})
    table.write()

which replaces src/test/resources/reference/FAMILY.txt. Run a script as `python3 FAMILY.py` in this
folder. Inputs are rounded to float32 by `table.single`, so that both types get the same numbers.
"""

import os
import sys

import numpy
import scipy

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "reference")


class Shape(tuple):
    """An argument that is a shape, as in stride.reshape."""


class Table:
    """The cases of one family.

    relative_to -- what errors are measured against: "each element" for functions of single
    elements, "the largest element" of each output where elements are sums.
    """

    def __init__(self, script, relative_to):
        assert relative_to in ("each element", "the largest element")
        self.script = os.path.basename(script)
        self.relative_to = relative_to
        self.lines = []

    def case(self, operator, inputs, outputs):
        """One call: arguments by port, and what it must give by output port."""
        fields = [operator]
        fields += [f"{port}={text(value)}" for port, value in inputs.items()]
        fields += ["->"]
        fields += [f"{port}={text(value)}" for port, value in outputs.items()]
        self.lines.append(" | ".join(fields))

    def write(self):
        family = os.path.splitext(self.script)[0]
        with open(os.path.join(FOLDER, family + ".txt"), "w") as file:
            file.write(
                f"# {self.script}, Python {sys.version.split()[0]}, NumPy {numpy.__version__},"
                f" SciPy {scipy.__version__}, relative to {self.relative_to}\n"
            )
            file.writelines(line + "\n" for line in self.lines)


def single(values):
    """The nearest float32 numbers, as float64."""
    return numpy.asarray(values, dtype=numpy.float32).astype(numpy.float64)


def text(value):
    """A value as the table spells it."""
    if isinstance(value, (bool, numpy.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, float, numpy.integer)):
        return number(value)
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, Shape):
        return "<" + ",".join(str(extent) for extent in value) + ">"
    if isinstance(value, (list, tuple)) and any(isinstance(v, numpy.ndarray) for v in value):
        return "{" + "; ".join(tensor(numpy.asarray(v)) for v in value) + "}"
    if isinstance(value, (list, tuple)):
        return "(" + ", ".join(number(v) for v in value) + ")"
    return tensor(numpy.asarray(value))


def tensor(array):
    shape = ",".join(str(extent) for extent in array.shape)
    return f"[{shape}]:" + " ".join(number(v) for v in array.astype(numpy.float64).ravel())


def number(value):
    if isinstance(value, (int, numpy.integer)):
        return str(int(value))
    value = float(value)
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)
