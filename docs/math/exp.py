"""Coefficients of Exponential.java and, for float32, of Circular.java: interpolation at Chebyshev nodes.

Run with python3 and numpy; needs the 80-bit long double of x86.
"""

import numpy as np

Long = np.longdouble


def interpolated(degree, low, high, function):
    """Coefficients of the polynomial through the function at the Chebyshev nodes of an interval."""
    count = degree + 1
    angles = (2 * np.arange(count) + 1) * np.pi / (2 * count)
    x = ((low + high) / 2 + (high - low) / 2 * np.cos(angles)).astype(Long)
    c = function(x)
    for j in range(1, count):
        for i in range(count - 1, j - 1, -1):
            c[i] = (c[i] - c[i - 1]) / (x[i] - x[i - j])
    p = np.zeros(count, dtype=Long)
    p[0] = c[-1]
    for i in range(count - 2, -1, -1):
        q = np.zeros(count, dtype=Long)
        q[1:] = p[:-1]
        q -= x[i] * p
        q[0] += c[i]
        p = q
    return p


def exponential(r):
    """(e^r - 1 - r) / r^2"""
    total, term = np.zeros_like(r), np.ones_like(r) / 2
    for k in range(30):
        total, term = total + term, term * r / (k + 3)
    return total


def circular(first, k):
    """The series from a first term on, of z = r^2: (sin r - r) / r^3 or (cos r - 1 + z / 2) / z^2"""

    def function(z):
        total, term, n = np.zeros_like(z), np.full_like(z, first), k
        for _ in range(20):
            total, term, n = total + term, -term * z / ((n + 1) * (n + 2)), n + 2
        return total

    return function


if __name__ == "__main__":
    half = np.log(Long(2)) / 2 * Long(1.0005)
    print("float32 exp:", [float(c) for c in interpolated(5, -half, half, exponential)])
    print("float64 exp:", [float(c) for c in interpolated(10, -half, half, exponential)])
    for name, f in ("sin", circular(-Long(1) / 6, 3)), ("cos", circular(Long(1) / 24, 4)):
        print("float32", name, [float(np.float32(c)) for c in interpolated(3, 0, 0.79**2, f)])
