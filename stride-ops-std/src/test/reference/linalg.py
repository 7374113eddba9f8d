"""Linear algebra."""

import numpy
from scipy import linalg

from table import Table, single

table = Table(__file__, relative_to="the largest element")
random = numpy.random.default_rng(32)


def numbers(*shape, scale=1.0):
    return single(random.standard_normal(shape) * scale)


for a, b in [((3, 4), (4, 5)), ((1, 1), (1, 1)), ((4,), (4, 3)), ((3, 4), (4,)), ((5,), (5,)),
             ((2, 3, 4), (2, 4, 2)), ((2, 1, 3, 2), (3, 2, 5)), ((3, 2), (2, 2, 4)),
             ((2, 3, 4), (4,)), ((4,), (2, 4, 3)), ((0, 3), (3, 2)), ((2, 0), (0, 3)),
             ((0, 2, 3), (3, 4)), ((16, 17), (17, 18)), ((1, 300), (300, 1))]:
    a, b = numbers(*a), numbers(*b)
    table.case("stride.matmul", {"a": a, "b": b}, {"y": numpy.asarray(a @ b)})
big, small = numbers(3, 4, scale=1e8), numbers(4, 2, scale=1e-8)
table.case("stride.matmul", {"a": big, "b": small}, {"y": big @ small})

for a, x in [((3, 4), (4,)), ((2, 3, 4), (2, 4)), ((3, 4), (5, 2, 4)), ((2, 1, 3, 2), (3, 2)),
             ((1, 1), (1,)), ((0, 3), (3,))]:
    a, x = numbers(*a), numbers(*x)
    table.case("stride.matvec", {"a": a, "x": x}, {"y": numpy.matvec(a, x)})

for a, b in [((3,), (4,)), ((), (3,)), ((2, 3), (2,)), ((1,), (2, 1, 2)), ((0,), (3,)), ((), ())]:
    a, b = numbers(*a), numbers(*b)
    table.case("stride.outer", {"a": a, "b": b}, {"y": numpy.asarray(numpy.multiply.outer(a, b))})

table.write()
