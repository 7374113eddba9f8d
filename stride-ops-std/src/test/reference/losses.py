"""Losses of residuals, and barriers."""

import numpy
from scipy import optimize, signal, special

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

for shape in ((2, 3, 11), (40,), (4, 1, 8)):
    for size in (1, 2.0**20, 2.0**-20):
        modelled = single(random.standard_normal(shape) * size)
        observed = single(random.standard_normal(shape) * size)
        weights = single(random.random(shape))
        r = abs(signal.hilbert(modelled)) - abs(signal.hilbert(observed))
        given = {"modelled": modelled, "observed": observed}
        table.case("stride.envelope-distance", given, {"loss": numpy.asarray(numpy.sum(r**2) / 2)})
        table.case("stride.envelope-distance", {**given, "weights": weights},
                   {"loss": numpy.asarray(numpy.sum(weights * r**2) / 2)})

        weights = single(random.random(shape[:-1]))
        for epsilon in (0, 0.75 * size):
            u, v = (x / numpy.sqrt(numpy.sum(x**2, -1, keepdims=True) + epsilon**2) for x in (modelled, observed))
            loss = 1 - numpy.sum(u * v, -1)
            given = {"modelled": modelled, "observed": observed, "epsilon": epsilon}
            table.case("stride.correlation-distance", given, {"loss": numpy.asarray(numpy.sum(loss))})
            table.case("stride.correlation-distance", {**given, "weights": weights},
                       {"loss": numpy.asarray(numpy.sum(weights * loss))})


def quantiles(masses):
    """Where each share of the mass lies, at the ends of cells of extent 1."""
    sums = numpy.concatenate([[0], numpy.cumsum(masses)])
    return sums / sums[-1]


def transport(p, q):
    """The squared Wasserstein-2 distance of two histograms: both quantile functions are piecewise linear."""
    p, q = quantiles(p), quantiles(q)
    s = numpy.union1d(p, q)
    cells = numpy.arange(len(p))
    d = numpy.interp(s, p, cells) - numpy.interp(s, q, cells)
    return numpy.sum(numpy.diff(s) * (d[:-1]**2 + d[:-1] * d[1:] + d[1:]**2)) / 3


for shape, step in (((2, 3, 11), 1), ((40,), 0.25), ((3, 1), 1), ((2, 2), 2.0**-20)):
    for size in (1, 2.0**20):
        modelled = single(size * random.standard_normal(shape))
        observed = single(size * random.standard_normal(shape))
        weights = single(random.random(shape[:-1]))
        for scale in (0.5 * size, 3 * size):
            masses = [numpy.logaddexp(0, x / scale).reshape(-1, shape[-1]) for x in (modelled, observed)]
            loss = numpy.reshape([step**2 / 2 * transport(p, q) for p, q in zip(*masses)], shape[:-1])
            given = {"modelled": modelled, "observed": observed, "timeStep": step, "scale": scale}
            table.case("stride.optimal-transport", given, {"loss": numpy.asarray(numpy.sum(loss))})
            table.case("stride.optimal-transport", {**given, "weights": weights},
                       {"loss": numpy.asarray(numpy.sum(weights * loss))})


def lag(m, o):
    """The lag of the largest correlation, by Brent's method on its slope, from sums of sines."""
    n = len(m)
    turns = 2 * numpy.pi * numpy.fft.fftfreq(n)
    spectrum = numpy.fft.fft(m) * numpy.conj(numpy.fft.fft(o)) / n

    def slope(t):
        return -numpy.sum(turns * (spectrum.real * numpy.sin(turns * t) + spectrum.imag * numpy.cos(turns * t)))

    lags = numpy.arange(-n / 2, n / 2, 1 / 64)
    values = [numpy.sum((spectrum * numpy.exp(1j * turns * t)).real) for t in lags]
    best = lags[numpy.argmax(values)]
    return optimize.brentq(slope, best - 1 / 32, best + 1 / 32, xtol=1e-15, rtol=1e-15)


for shape, step in (((2, 3, 16), 1), ((31,), 0.25), ((3, 9), 2.0**-20)):
    n = shape[-1]
    time = numpy.arange(n)

    def pulses(place):
        distance = (time - place - random.random(shape[:-1] + (1,))) / max(1, n / 8)
        return single((1 - distance**2) * numpy.exp(-(distance**2) / 2) + 0.02 * random.standard_normal(shape))

    modelled, observed = pulses(0.35 * n), pulses(0.5 * n)
    weights = single(random.random(shape[:-1]))
    lags = [lag(m, o) for m, o in zip(modelled.reshape(-1, n), observed.reshape(-1, n))]
    lags = numpy.asarray(numpy.reshape(lags, shape[:-1]) * step)
    given = {"modelled": modelled, "observed": observed, "timeStep": step}
    table.case("stride.travel-time", given, {"loss": numpy.asarray(numpy.sum(lags**2) / 2), "lags": lags})
    table.case("stride.travel-time", {**given, "weights": weights},
               {"loss": numpy.asarray(numpy.sum(weights * lags**2) / 2), "lags": lags})

x = single(1500 + 200 * (2 * random.random((5, 6)) - 1))
table.case("stride.bound-barrier", {"x": x, "low": 1000, "high": 2000},
           {"loss": numpy.asarray(-numpy.sum(numpy.log((x - 1000) / 500) + numpy.log((2000 - x) / 500)))})

table.write()
