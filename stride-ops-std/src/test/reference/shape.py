"""Operators that move elements."""

import numpy

from table import Shape, Table, single

table = Table(__file__, relative_to="each element")
random = numpy.random.default_rng(31)


def numbers(*shape):
    return single(random.standard_normal(shape) * 10.0 ** random.integers(-3, 4, shape))


scalar, one, line, matrix, cube, four = (
    numbers(), numbers(1), numbers(7), numbers(3, 4), numbers(2, 3, 4), numbers(2, 1, 3, 2))
empty = numbers(0, 3)

for x, shape in [(cube, (4, -1)), (cube, (-1,)), (matrix, (2, 3, 2)), (one, ()), (empty, (3, -1))]:
    table.case("stride.reshape", {"x": x, "shape": list(shape)}, {"y": x.reshape(shape)})
table.case("stride.reshape", {"x": cube, "shape": Shape((6, 4))}, {"y": cube.reshape(6, 4)})

for x, axes in [(scalar, ()), (line, ()), (matrix, ()), (cube, ()), (four, ()), (matrix, (1, 0)),
                (cube, (0, 2, 1)), (cube, (1, 2, 0)), (cube, (-1, 0, 1)), (four, (3, 1, 0, 2)),
                (empty, (1, 0))]:
    table.case("stride.transpose", {"x": x, "axes": list(axes)},
               {"y": x.transpose(axes if axes else None)})

for x, slices in [(line, [(1, 6, 2)]), (line, [(6, -1, -1)]), (line, [(5, 0, -2)]),
                  (line, [(3, 3, 1)]), (matrix, [(0, 3, 2), (3, 0, -1)]),
                  (cube, [(1, 2, 1), (2, -1, -2), (0, 4, 3)]), (one, [(0, -1, -1)]),
                  (four, [(1, -1, -1), (0, 1, 1), (0, 3, 1), (1, 2, 1)])]:
    python = tuple(slice(a, b if b >= 0 else None, s) for a, b, s in slices)
    start, stop, step = ([s[i] for s in slices] for i in range(3))
    table.case("stride.slice", {"x": x, "start": start, "stop": stop, "step": step},
               {"y": x[python]})
table.case("stride.slice", {"x": cube, "start": [0, 1, 2], "stop": [2, 3, 3]},
           {"y": cube[0:2, 1:3, 2:3]})

for x, widths in [(line, [3]), (matrix, [2]), (matrix, [1, 0]), (cube, [1, 2, 0, 3, 5, 4]),
                  (one, [2]), (four, [1, 0, 2, 0]), (matrix, [0, 13, 9, 0])]:
    sides = ([(widths[0],) * 2] * x.ndim if len(widths) == 1
             else [(w, w) for w in widths] if len(widths) == x.ndim
             else list(zip(widths[::2], widths[1::2])))
    table.case("stride.pad-edge", {"x": x, "widths": widths}, {"y": numpy.pad(x, sides, "edge")})
    table.case("stride.pad-reflect", {"x": x, "widths": widths},
               {"y": numpy.pad(x, sides, "reflect")})
    table.case("stride.pad-constant", {"x": x, "value": -1.5, "widths": widths},
               {"y": numpy.pad(x, sides, constant_values=-1.5)})
table.case("stride.pad-constant", {"x": empty, "value": 2, "widths": [1]},
           {"y": numpy.pad(empty, 1, constant_values=2)})

for inputs, axis in [([line, one, line], 0), ([matrix, numbers(5, 4)], 0),
                     ([cube, numbers(2, 1, 4), numbers(2, 2, 4)], 1), ([matrix, numbers(3, 1)], -1),
                     ([four, four], 3), ([empty, matrix[:, :3]], 0)]:
    table.case("stride.concatenate", {"inputs": inputs, "axis": axis},
               {"y": numpy.concatenate(inputs, axis)})

for inputs, axis in [([scalar, numbers()], 0), ([line, numbers(7)], 1), ([matrix], 0),
                     ([matrix, numbers(3, 4), numbers(3, 4)], 1), ([cube, -cube], -1),
                     ([empty, empty], 2)]:
    table.case("stride.stack", {"inputs": inputs, "axis": axis}, {"y": numpy.stack(inputs, axis)})

for x, count, axis in [(line, 7, 0), (matrix, 2, 1), (cube, 3, -2), (four, 1, 0)]:
    table.case("stride.split", {"x": x, "count": count, "axis": axis},
               {"parts": numpy.split(x, count, axis)})

for x, shape in [(scalar, (2, 3)), (one, (4,)), (line, (2, 7)), (matrix, (2, 3, 4)),
                 (four, (2, 5, 3, 2)), (matrix[:, :1], (3, 4)), (empty, (2, 0, 3)),
                 (matrix[:1], (0, 4))]:
    table.case("stride.broadcast", {"x": x, "shape": Shape(shape)},
               {"y": numpy.broadcast_to(x, shape)})

for x, axes in [(scalar, []), (line, []), (line, [0]), (matrix, [1]), (cube, [0, 2]), (cube, []),
                (four, [-1, 1]), (empty, [0])]:
    table.case("stride.flip", {"x": x, "axes": axes},
               {"y": numpy.asarray(numpy.flip(x, tuple(axes) if axes else None))})

for x, shift, axis in [(line, 3, 0), (line, -16, 0), (matrix, 1, 1), (cube, -2, 1), (one, 5, 0),
                       (four, 1, -1), (empty, 2, 0)]:
    table.case("stride.roll", {"x": x, "shift": shift, "axis": axis},
               {"y": numpy.roll(x, shift, axis)})

for x, count, axis in [(line, 2, 0), (matrix, 3, 1), (cube, 2, -2), (four, 1, 0), (line, 0, 0),
                       (empty, 2, 1)]:
    table.case("stride.repeat", {"x": x, "count": count, "axis": axis},
               {"y": numpy.repeat(x, count, axis)})

for x, indices, axis in [(line, [6, 0, 0, -7], 0), (matrix, [[1, 2], [-1, 0]], 0),
                         (matrix, [3, 3, 1], 1), (cube, [[2], [0]], 1), (four, [0, 0, 0], 1),
                         (cube, -1, 2), (empty, [2, 0], 1), (line, [], 0)]:
    indices = numpy.asarray(indices, dtype=numpy.int64)
    table.case("stride.gather", {"x": x, "indices": indices, "axis": axis},
               {"y": numpy.take(x, indices, axis)})

for x, indices, axis in [(line, [6, 0, 0, -7, 6], 0), (matrix, [[1, 2], [-1, 0]], 0),
                         (matrix, [3, 3, 1], 1), (cube, [[2], [0]], 1), (four, [0, 0, 0], 1),
                         (cube, -1, 2), (line, [], 0)]:
    # Sixteenths, so that sums are exact in either type.
    x = numpy.round(x * 16) / 16 % 64
    indices = numpy.asarray(indices, dtype=numpy.int64)
    updates = random.integers(-512, 512, numpy.take(x, indices, axis).shape) / 16
    y = x.copy()
    numpy.add.at(y, (slice(None),) * (axis % x.ndim) + (indices,), updates)
    table.case("stride.scatter-add", {"x": x, "indices": indices, "updates": updates, "axis": axis},
               {"y": y})

table.write()
