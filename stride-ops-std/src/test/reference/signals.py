"""Operators on signals: Fourier transforms, filters, resampling."""

import numpy
from scipy import integrate, signal

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

for n, m in [(1, 1), (12, 5), (12, 4), (3, 6), (50, 7), (70, 41), (40, 64)]:
    x, kernel = normal(2, n), normal(m)
    for mode in ("full", "same", "valid"):
        if mode == "valid" and m > n:
            continue
        rows = [signal.convolve(row, kernel, mode, "direct") for row in x]
        table.case("stride.convolve", {"x": x, "kernel": kernel, "mode": mode},
                   {"y": numpy.array(rows)})
        rows = [signal.correlate(row, kernel, mode, "direct") for row in x]
        table.case("stride.correlate", {"x": x, "kernel": kernel, "mode": mode},
                   {"y": numpy.array(rows)})
    table.case("stride.fir", {"x": x, "kernel": kernel}, {"y": signal.lfilter(kernel, [1.0], x)})

for shape in [(1,), (2,), (7,), (2, 12), (3, 31), (2, 1, 2, 64)]:
    x = normal(*shape)
    analytic = signal.hilbert(x)
    table.case("stride.hilbert", {"x": x}, {"y": analytic.imag})
    table.case("stride.envelope", {"x": x}, {"y": abs(analytic)})
turning = single(3 * numpy.cos(2 * numpy.pi * (numpy.arange(31) + 0.3) / 31) + 0.1 * normal(31))
table.case("stride.instantaneous-phase", {"x": turning}, {"y": numpy.angle(signal.hilbert(turning))})

for shape in [(2,), (3,), (2, 31), (2, 1, 2, 12)]:
    x = normal(*shape)
    table.case("stride.time-derivative", {"x": x, "timeStep": 0.25}, {"y": numpy.gradient(x, 0.25, axis=-1)})
    table.case("stride.time-integral", {"x": x, "timeStep": 0.25},
               {"y": integrate.cumulative_trapezoid(x, dx=0.25, initial=0)})

for n, m in [(12, 18), (12, 8), (12, 7), (7, 5), (7, 16), (1, 3), (6, 1), (31, 31), (64, 100)]:
    x = normal(2, n)
    table.case("stride.resample", {"x": x, "samples": m}, {"y": signal.resample(x, m, axis=-1)})

for n, shift in [(12, 0.3), (7, -1.7), (31, 12.25), (64, 5)]:
    x = normal(2, n)
    turn = numpy.exp(-2j * numpy.pi * numpy.fft.rfftfreq(n) * float(single(shift)) / 0.5)
    table.case("stride.time-shift", {"x": x, "shift": single(shift), "timeStep": 0.5},
               {"y": numpy.fft.irfft(numpy.fft.rfft(x) * turn, n)})
x, shifts = normal(3, 11), single([[0.3], [-2.75], [4]])
turn = numpy.exp(-2j * numpy.pi * numpy.fft.rfftfreq(11) * shifts / 0.5)
table.case("stride.time-shift", {"x": x, "shift": shifts, "timeStep": 0.5},
           {"y": numpy.fft.irfft(numpy.fft.rfft(x) * turn, 11)})

for n, up, down in [(12, 3, 2), (17, 2, 5), (9, 4, 1), (64, 1, 3), (1, 3, 7), (31, 6, 4), (10, 5, 5), (40, 7, 11),
                    (200, 3, 50)]:
    x = normal(2, n)
    table.case("stride.resample-polyphase", {"x": x, "up": up, "down": down},
               {"y": signal.resample_poly(x, up, down, axis=-1)})

for n in (1, 2, 13, 32):
    x = normal(n)
    for kind in ("hann", "hamming", "blackman", "bartlett"):
        table.case("stride.window", {"x": x, "kind": kind},
                   {"y": x * signal.windows.get_window(kind, n, fftbins=False)})
    for kind, shape in [("tukey", 0.25), ("kaiser", 5.5), ("gaussian", 3.5)]:
        table.case("stride.window", {"x": x, "kind": kind, "shape": shape},
                   {"y": x * signal.windows.get_window((kind, shape), n, fftbins=False)})

for order, low, high in [(1, None, 0.1), (4, None, 0.2), (3, 0.05, None), (6, 0.1, None), (2, 0.05, 0.2), (5, 0.1, 0.3),
                         (8, None, 0.25), (12, 0.2, None), (9, 0.15, 0.35), (1, 0.01, 0.4)]:
    x = normal(2, 60)
    kind, cut = ("lowpass", high) if low is None else ("highpass", low) if high is None else ("bandpass", [low, high])
    sections = signal.butter(order, cut, kind, fs=1.0, output="sos")
    given = {"timeStep": 1.0, "order": order,
             **{k: v for k, v in {"low": low, "high": high}.items() if v is not None}}
    impulse = numpy.eye(1, 60)
    for x in (x, impulse):
        once = signal.sosfilt(sections, x)
        table.case("stride.butterworth", {"x": x, **given}, {"y": once})
        table.case("stride.butterworth", {"x": x, **given, "zeroPhase": True},
                   {"y": signal.sosfilt(sections, once[..., ::-1])[..., ::-1]})

table.write()
