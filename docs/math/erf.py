"""Coefficients of ErrorFunction.java, and the error that they leave in float64.

Polynomials through Chebyshev's points, computed with mpmath in 60 digits:

  near:  erf(x) / x             in x^2,                 for |x| <= 1
  far:   (1 + 2 x) e^(x^2) erfc(x)   in (x - 2.4) / (x + 2.4), for 1 <= x <= 6

The form of the second one is that of Shepherd and Laframboise, Mathematics of Computation 36 (1981)
249-253. Beyond 6, erf is 1 in float64.
"""

import mpmath as mp
import numpy as np

mp.mp.dps = 60
NEAR, FAR, CENTRE = 13, 20, mp.mpf("2.4")


def fit(function, low, high, count):
    """Coefficients, constant first, through Chebyshev's points of [low, high]."""
    points = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (k + mp.mpf(1) / 2) / count)
              for k in range(count)]
    matrix = mp.matrix(count, count)
    values = mp.matrix(count, 1)
    for i, p in enumerate(points):
        values[i] = function(p)
        for j in range(count):
            matrix[i, j] = p ** j
    return [float(c) for c in mp.lu_solve(matrix, values)]


def far(t):
    x = CENTRE * (1 + t) / (1 - t)
    return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)


near = fit(lambda u: mp.erf(mp.sqrt(u)) / mp.sqrt(u), mp.mpf(0), mp.mpf(1), NEAR)
outer = fit(far, (1 - CENTRE) / (1 + CENTRE), (6 - CENTRE) / (6 + CENTRE), FAR)


def horner(c, x):
    total = c[-1]
    for a in reversed(c[:-1]):
        total = total * x + a
    return total


def erf(x):
    t = (x - float(CENTRE)) / (x + float(CENTRE))
    tail = 1 - np.exp(-x * x) * horner(outer, t) / (1 + 2 * x)
    return np.where(x < 1, x * horner(near, x * x), tail)


for name, c in (("NEAR", near), ("FAR", outer)):
    print(name, *[repr(v) for v in c], sep="\n  ")
x = np.concatenate([np.linspace(1e-3, 1, 4001), np.linspace(1, 6, 4001)])
exact = np.array([float(mp.erf(mp.mpf(float(v)))) for v in x])
error = np.array([float(abs(mp.erf(mp.mpf(float(v))) - mp.mpf(float(w))) / mp.erf(mp.mpf(float(v))))
                  for v, w in zip(x, erf(x))])
print("largest relative error", error.max(), "at", x[error.argmax()])
