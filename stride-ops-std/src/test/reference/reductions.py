"""Reductions over axes."""

import numpy
from scipy import special

from table import Table, single

table = Table(__file__, relative_to="the largest element")
generator = numpy.random.default_rng(5)

NAMES = {
    "sum": numpy.sum,
    "mean": numpy.mean,
    "product": numpy.prod,
    "max": numpy.max,
    "min": numpy.min,
    "variance": numpy.var,
    "standard-deviation": numpy.std,
    "logsumexp": special.logsumexp,
}


def norm(x, axis, p, keepdims):
    """The p-norm of all elements of the axes, as a vector."""
    size = numpy.abs(x)
    if p == numpy.inf:
        return size.max(axis=axis, keepdims=keepdims)
    return (size**p).sum(axis=axis, keepdims=keepdims) ** (1 / p)


def case(operator, inputs, y):
    """A case whose result is an array, even of rank 0."""
    table.case(operator, inputs, {"y": numpy.asarray(y)})


def axes_of(axis):
    return {} if axis is None else {"axes": list(axis)}


small = single(generator.normal(size=(3, 4)))
cube = single(generator.normal(size=(2, 3, 5)))
four = single(generator.normal(size=(2, 3, 1, 4)))
line = single(generator.normal(size=37))
one = single([2.5])
tiny = single(generator.normal(size=(3, 4)) * 1e-12)
huge = single(generator.normal(size=(3, 4)) * 1e8)

for name, function in NAMES.items():
    for x in (small, cube, four, line, one, tiny, huge):
        choices = [None, (0,), (-1,)] + ([(0, 2), (1,)] if x.ndim > 2 else [])
        if name == "product" and x.size > 30:
            choices = [None]
        for axis in choices:
            case(f"stride.{name}", {"x": x, **axes_of(axis)}, function(x, axis=axis))
        case(f"stride.{name}", {"x": x, "axes": [0], "keepdims": True},
                   function(x, axis=0, keepdims=True))

for x in (small, cube, tiny, huge):
    for p in (1, 1.5, 2, 3, numpy.inf):
        for axis in (None, (0,), (-1,)):
            number = float(p)
            case("stride.norm", {"x": x, **axes_of(axis), "p": number},
                       norm(x, axis, p, False))
    case("stride.variance", {"x": x, "ddof": 1}, numpy.var(x, ddof=1))
    case("stride.standard-deviation", {"x": x, "axes": [1], "ddof": 1},
               numpy.std(x, axis=1, ddof=1))
    for axis in range(x.ndim):
        case("stride.softmax", {"x": x, "axis": axis}, special.softmax(x, axis=axis))
        case("stride.cumulative-sum", {"x": x, "axis": axis},
                   numpy.cumsum(x, axis=axis))

case("stride.cumulative-sum", {"x": line}, numpy.cumsum(line))
case("stride.logsumexp", {"x": single([1000, 1000.5, -1000])},
           special.logsumexp(single([1000, 1000.5, -1000])))
case("stride.logsumexp", {"x": single([-numpy.inf, -numpy.inf])}, single(-numpy.inf))
case("stride.dot", {"a": line, "b": line[::-1]}, numpy.dot(line, line[::-1]))

table.write()
