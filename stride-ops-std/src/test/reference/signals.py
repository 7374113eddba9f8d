"""Operators on signals: Fourier transforms, filters, resampling."""

import numpy
from scipy import signal

from table import Table, single

random = numpy.random.default_rng(2026)
table = Table(__file__, relative_to="the largest element")


def normal(*shape):
    return single(random.standard_normal(shape))


def pair(z):
    return {"real": z.real, "imaginary": z.imag}


for shape in [(1,), (2,), (3,), (4,), (5,), (6,), (7,), (8,), (9,), (11,), (12,), (13,), (16,), (17,), (30,), (31,),
              (64,), (97,), (105,), (2, 3, 10), (257,), (3, 256)]:
    z = normal(*shape) + 1j * normal(*shape)
    table.case("stride.fft", pair(z), pair(numpy.fft.fft(z)))
    table.case("stride.inverse-fft", pair(z), pair(numpy.fft.ifft(z)))
    table.case("stride.real-fft", {"x": z.real}, pair(numpy.fft.rfft(z.real)))
    half = numpy.fft.rfft(z.real)
    half = single(half.real) + 1j * single(half.imag)
    table.case("stride.inverse-real-fft", {**pair(half), "length": shape[-1]},
               {"y": numpy.fft.irfft(half, shape[-1])})

for shape, axes in [((4, 6), 2), ((15, 7), 2), ((2, 9, 8), 2), ((3, 4, 5), 3), ((2, 3, 1, 6), 3)]:
    last = tuple(range(-axes, 0))
    z = normal(*shape) + 1j * normal(*shape)
    table.case("stride.fft", {**pair(z), "axes": axes}, pair(numpy.fft.fftn(z, axes=last)))
    table.case("stride.inverse-fft", {**pair(z), "axes": axes}, pair(numpy.fft.ifftn(z, axes=last)))
    table.case("stride.real-fft", {"x": z.real, "axes": axes},
               pair(numpy.fft.rfftn(z.real, axes=last)))
    half = numpy.fft.rfftn(z.real, axes=last)
    half = single(half.real) + 1j * single(half.imag)
    table.case("stride.inverse-real-fft", {**pair(half), "length": shape[-1], "axes": axes},
               {"y": numpy.fft.irfftn(half, s=[shape[a] for a in last], axes=last)})

table.write()
