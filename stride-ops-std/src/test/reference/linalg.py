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


def well(*shape):
    """A strong diagonal, not symmetric."""
    return single(random.standard_normal(shape) + (shape[-1] + 2) * numpy.eye(shape[-1]))


def over(function, *stacks):
    """A function of single matrices, over stacks of one batch."""
    batch = stacks[0].shape[:-2]
    results = [function(*(s[i] for s in stacks)) for i in numpy.ndindex(batch)]
    return numpy.asarray(results).reshape(batch + numpy.shape(results[0]))


for x in (numbers(3, 4), numbers(2, 2, 3), numbers(1, 1), numbers(4, 2), numbers(0, 3)):
    table.case("stride.matrix-transpose", {"x": x}, {"y": numpy.matrix_transpose(x)})
    for diagonal in (-1, 0, 2):
        table.case("stride.triangle", {"x": x, "diagonal": diagonal}, {"y": numpy.tril(x, diagonal)})
        table.case("stride.triangle", {"x": x, "upper": True, "diagonal": diagonal},
                   {"y": numpy.triu(x, diagonal)})

for a, b in [(well(3, 3), numbers(3, 2)), (well(4, 4), numbers(4)), (well(1, 1), numbers(1, 1)),
             (well(2, 3, 3), numbers(2, 3, 4)), (well(12, 12), numbers(12, 3)),
             (well(3, 3) * 2.0 ** 40, numbers(3, 1) * 2.0 ** -20)]:
    columns = b if b.ndim > 1 else b[:, None]
    table.case("stride.solve", {"a": a, "b": b}, {"x": numpy.linalg.solve(a, columns).reshape(b.shape)})
    table.case("stride.solve", {"a": a, "b": b, "transposed": True},
               {"x": numpy.linalg.solve(numpy.matrix_transpose(a), columns).reshape(b.shape)})
    for upper in (False, True):
        for unit in (False, True):
            for transposed in (False, True):
                # Small off the diagonal, which may count as 1.
                triangle = a if not unit else single(a / 128)
                x = over(lambda m, c: linalg.solve_triangular(
                    m, c, trans=int(transposed), lower=not upper, unit_diagonal=unit),
                    triangle, columns)
                table.case("stride.triangular-solve",
                           {"a": triangle, "b": b, "upper": upper, "unit": unit,
                            "transposed": transposed}, {"x": x.reshape(b.shape)})
swapped = numpy.asarray([[0.0, 2.0], [3.0, 1.0]])

for a in (well(3, 3), well(1, 1), well(2, 2, 3, 3), -well(4, 4), swapped, well(12, 12),
          well(3, 3) * 2.0 ** -30):
    positive = single(a @ numpy.matrix_transpose(a))
    table.case("stride.cholesky", {"a": positive}, {"y": numpy.linalg.cholesky(positive)})
    table.case("stride.inverse", {"a": a}, {"y": numpy.linalg.inv(a)})
    sign, logarithm = numpy.linalg.slogdet(a)
    table.case("stride.logdet", {"a": a},
               {"y": numpy.asarray(logarithm), "sign": numpy.asarray(sign)})
    if a.shape[-1] < 12:
        table.case("stride.determinant", {"a": a}, {"y": numpy.asarray(numpy.linalg.det(a))})
singular = numpy.asarray([[1.0, 2.0], [2.0, 4.0]])
table.case("stride.determinant", {"a": singular}, {"y": numpy.asarray(0.0)})
table.case("stride.logdet", {"a": singular},
           {"y": numpy.asarray(-numpy.inf), "sign": numpy.asarray(0.0)})

for a in (numbers(3, 3), numbers(1, 1), numbers(2, 2, 4, 4), well(12, 12), numpy.eye(3),
          numbers(3, 3) * 2.0 ** 40):
    symmetric = (a + numpy.matrix_transpose(a)) / 2
    table.case("stride.symmetric-eigenvalues", {"a": a}, {"y": numpy.linalg.eigvalsh(symmetric)})

for a in (well(3, 3), numbers(3, 5), numbers(7, 2), numbers(1, 1), numbers(1, 6), numbers(2, 2, 4, 3), well(12, 12),
          numpy.eye(3), singular, numpy.zeros((0, 3)), numpy.zeros((2, 3, 0)), numbers(4, 3) * 2.0 ** 40):
    table.case("stride.singular-values", {"a": a}, {"y": numpy.linalg.svdvals(a)})

table.write()
