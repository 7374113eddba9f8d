"""Differences, smoothing, resizing and padding of fields on grids."""

import numpy
from scipy import ndimage, special

from table import Shape, Table, single

table = Table(__file__, relative_to="the largest element")
random = numpy.random.default_rng(11)

plane = single(random.standard_normal((7, 9)))
volume = single(random.standard_normal((4, 5, 3)))
line = single(random.standard_normal(13))

# Weights of central differences, from the literature.
FIRST = {2: [1 / 2], 4: [2 / 3, -1 / 12], 6: [3 / 4, -3 / 20, 1 / 60],
         8: [4 / 5, -1 / 5, 4 / 105, -1 / 280], 10: [5 / 6, -5 / 21, 5 / 84, -5 / 504, 1 / 1260]}
SECOND = {2: [-2, 1], 4: [-5 / 2, 4 / 3, -1 / 12], 6: [-49 / 18, 3 / 2, -3 / 20, 1 / 90],
          8: [-205 / 72, 8 / 5, -1 / 5, 8 / 315, -1 / 560],
          10: [-5269 / 1800, 5 / 3, -5 / 21, 5 / 126, -5 / 1008, 1 / 3150]}
MODES = {"zero": "constant", "mirror": "reflect", "periodic": "wrap"}


def first(x, order, axis, edge, spacing):
    if order == 1:
        weights = numpy.array([0, -1, 1])
    else:
        right = FIRST[order]
        weights = numpy.array([-w for w in reversed(right)] + [0] + right)
    return ndimage.correlate1d(x, weights / spacing, axis=axis, mode=MODES[edge])


def second(x, order, axis, edge, spacing):
    right = SECOND[order]
    weights = numpy.array(right[:0:-1] + right)
    return ndimage.correlate1d(x, weights / spacing**2, axis=axis, mode=MODES[edge])


def matrix(operation, extent):
    """A linear operation along an axis as a matrix."""
    return numpy.stack([operation(column) for column in numpy.eye(extent)], axis=1)


for x in (plane, volume, line):
    spacing = [0.5, 2.0, 1.25][: x.ndim]
    table.case("stride.gradient", {"x": x, "spacing": spacing},
               {"y": numpy.stack(numpy.gradient(x, *spacing, edge_order=2)) if x.ndim > 1
                else numpy.gradient(x, *spacing, edge_order=2)[None]})
    for edge in MODES:
        for order in (1, 4, 8) if x.ndim > 1 else (1, 2, 4, 6, 8, 10):
            table.case("stride.gradient", {"x": x, "spacing": spacing, "order": order, "edge": edge},
                       {"y": numpy.stack([first(x, order, a, edge, h) for a, h in enumerate(spacing)])})
        for order in (4, 8) if x.ndim > 1 else (2, 4, 6, 8, 10):
            table.case("stride.laplacian", {"x": x, "spacing": spacing, "order": order, "edge": edge},
                       {"y": sum(second(x, order, a, edge, h) for a, h in enumerate(spacing))})

for grid in ((7, 9), (4, 5, 3)):
    x = single(random.standard_normal((len(grid),) + grid))
    spacing = [0.5, 2.0, 1.25][: len(grid)]
    table.case("stride.divergence", {"x": x, "spacing": spacing},
               {"y": sum(numpy.gradient(x[a], h, axis=a, edge_order=2) for a, h in enumerate(spacing))})
    for edge in MODES:
        for order in (1, 4):
            y = 0
            for a, h in enumerate(spacing):
                d = matrix(lambda column: first(column, order, 0, edge, h), grid[a])
                y = y - numpy.moveaxis(numpy.tensordot(d.T, x[a], (1, a)), 0, a)
            table.case("stride.divergence", {"x": x, "spacing": spacing, "order": order, "edge": edge},
                       {"y": y})

def smoothed(x, sigma):
    """Weights that reach 4 sigma, divided by the sum of those inside."""
    for axis, s in enumerate(sigma):
        if s > 0:
            reach = int(numpy.ceil(4 * s))
            weights = numpy.exp(-0.5 * (numpy.arange(-reach, reach + 1) / s) ** 2)
            inside = ndimage.correlate1d(numpy.ones_like(x), weights, axis=axis, mode="constant")
            x = ndimage.correlate1d(x, weights, axis=axis, mode="constant") / inside
    return x


for x, sigma in ((plane, (1.5, 1.5)), (plane, (0, 0.7)), (volume, (0.8, 2.5, 1.0)), (line, (3.0,))):
    table.case("stride.gaussian-smooth", {"x": x, "sigma": list(map(float, sigma))}, {"y": smoothed(x, sigma)})


def linear(x, shape):
    at = numpy.meshgrid(*[numpy.linspace(0, n - 1, m) for n, m in zip(x.shape, shape)], indexing="ij")
    return ndimage.map_coordinates(x, at, order=1, mode="nearest")


def area(x, shape):
    for axis, (n, m) in enumerate(zip(x.shape, shape)):
        total = numpy.concatenate([numpy.zeros_like(x.take([0], axis)), numpy.cumsum(x, axis)], axis)
        at = numpy.arange(m + 1) * n / m
        sums = numpy.apply_along_axis(lambda c: numpy.interp(at, numpy.arange(n + 1), c), axis, total)
        x = numpy.diff(sums, axis=axis) * m / n
    return x


for x, shape in ((plane, (17, 7)), (plane, (3, 24)), (volume, (4, 5, 13)), (line, (9,)), (line, (64,))):
    table.case("stride.resize", {"x": x, "shape": Shape(shape)}, {"y": linear(x, shape)})
    table.case("stride.resize", {"x": x, "shape": Shape(shape), "kind": "area"}, {"y": area(x, shape)})

for x, widths in ((plane, [(3, 2), (0, 5)]), (line, [(40, 20)]), (volume, [(1, 1), (0, 0), (9, 3)])):
    flat = [w for side in widths for w in side]
    table.case("stride.pad-mirror", {"x": x, "widths": flat}, {"y": numpy.pad(x, widths, mode="symmetric")})
    table.case("stride.pad-edge", {"x": x, "widths": flat}, {"y": numpy.pad(x, widths, mode="edge")})
    y = numpy.pad(x, widths, mode="edge")
    for axis, (before, after) in enumerate(widths):
        depth = numpy.zeros(y.shape[axis])
        if before:
            depth[:before] = numpy.arange(before, 0, -1) / before
        if after:
            depth[y.shape[axis] - after:] = numpy.arange(1, after + 1) / after
        y = y * numpy.exp(-(1.5 * depth) ** 2).reshape([-1 if a == axis else 1 for a in range(x.ndim)])
    table.case("stride.pad-absorbing", {"x": x, "widths": flat, "strength": 1.5}, {"y": y})


def sinc_weights(position, extent):
    distance = position - numpy.arange(extent)
    window = special.i0(6.31 * numpy.sqrt(numpy.maximum(0, 1 - (distance / 4) ** 2))) / special.i0(6.31)
    lower = min(numpy.floor(position), max(0, extent - 2))
    near = (numpy.arange(extent) >= lower - 3) & (numpy.arange(extent) <= lower + 4)
    return numpy.where(near, numpy.sinc(distance) * window, 0)


for x in (plane, volume, line):
    corner = numpy.array(x.shape) - 1
    at = single(numpy.vstack([random.random((6, x.ndim)) * corner, 0 * corner, corner, corner // 2]))
    table.case("stride.interpolate", {"x": x, "positions": at},
               {"y": ndimage.map_coordinates(x, at.T, order=1)})
    y, rows = [], []
    for point in at:
        weight = numpy.array(1.0)
        for position, extent in zip(point, x.shape):
            weight = numpy.multiply.outer(weight, sinc_weights(position, extent))
        rows.append(weight)
        y.append(numpy.sum(weight * x))
    table.case("stride.interpolate", {"x": x, "positions": at, "kind": "sinc"}, {"y": numpy.array(y)})
    values = single(random.standard_normal((2, len(at))))
    table.case("stride.inject", {"x": values, "positions": at, "shape": Shape(x.shape), "kind": "sinc"},
               {"y": numpy.tensordot(values, numpy.array(rows), (1, 0))})

for x in (plane, volume, line):
    spacing = [0.5, 2.0, 1.25][: x.ndim]
    weights = single(random.random(x.shape))
    slopes = sum(first(x, 1, a, "mirror", h) ** 2 for a, h in enumerate(spacing))
    size = numpy.sqrt(slopes + 0.25**2)
    given = {"x": x, "spacing": spacing}
    table.case("stride.tikhonov", given, {"loss": numpy.asarray(numpy.sum(slopes) / 2)})
    table.case("stride.tikhonov", {**given, "weights": weights}, {"loss": numpy.asarray(numpy.sum(weights * slopes) / 2)})
    table.case("stride.total-variation", {**given, "epsilon": 0.25}, {"loss": numpy.asarray(numpy.sum(size))})
    table.case("stride.total-variation", {**given, "epsilon": 0.25, "weights": weights},
               {"loss": numpy.asarray(numpy.sum(weights * size))})

mask = single(random.random((7, 9)) > 0.4)
table.case("stride.mask", {"x": plane, "mask": mask}, {"y": plane * mask})

table.write()
