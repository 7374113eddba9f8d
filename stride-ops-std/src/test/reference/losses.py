"""Losses of residuals, and barriers."""

import numpy
from scipy import special

from table import Table, single

table = Table(__file__, relative_to="each element")
random = numpy.random.default_rng(12)

for shape in ((2, 3, 11), (40,), ()):
    for size in (1, 2.0**20, 2.0**-20):
        modelled = single(size * random.standard_normal(shape))
        observed = single(size * random.standard_normal(shape))
        weights = single(random.random(shape))
        # Residuals as float32 rounds them, so that both types compare the same numbers.
        modelled = single(observed + single(modelled - observed))
        r = modelled - observed
        delta, scale = float(single(0.75 * size)), float(single(0.5 * size))
        for name, numbers, rho in (
            ("l2-distance", {}, r**2 / 2),
            ("l1-distance", {}, abs(r)),
            ("huber", {"delta": delta}, special.huber(delta, r)),
            ("student-t", {"scale": scale}, numpy.log1p((r / scale) ** 2)),
            ("student-t", {"scale": scale, "degrees": 3}, 2 * numpy.log1p((r / scale) ** 2 / 3)),
        ):
            given = {"modelled": modelled, "observed": observed, **numbers}
            table.case(f"stride.{name}", given, {"loss": numpy.asarray(numpy.sum(rho))})
            table.case(f"stride.{name}", {**given, "weights": weights}, {"loss": numpy.asarray(numpy.sum(weights * rho))})

for shape in ((2, 3, 11), (40,)):
    modelled = single(random.standard_normal(shape))
    observed = single(random.standard_normal(shape))
    weights = single(random.random(shape))
    for epsilon in (0, 0.75):
        u, v = (x / numpy.sqrt(numpy.sum(x**2, -1, keepdims=True) + epsilon**2) for x in (modelled, observed))
        given = {"modelled": modelled, "observed": observed, "epsilon": epsilon}
        table.case("stride.normalised-l2", given, {"loss": numpy.asarray(numpy.sum((u - v) ** 2) / 2)})
        table.case("stride.normalised-l2", {**given, "weights": weights},
                   {"loss": numpy.asarray(numpy.sum(weights * (u - v) ** 2) / 2)})

x = single(1500 + 200 * (2 * random.random((5, 6)) - 1))
table.case("stride.bound-barrier", {"x": x, "low": 1000, "high": 2000},
           {"loss": numpy.asarray(-numpy.sum(numpy.log((x - 1000) / 500) + numpy.log((2000 - x) / 500)))})

table.write()
