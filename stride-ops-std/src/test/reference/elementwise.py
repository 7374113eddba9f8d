"""Element-wise functions."""

import mpmath
import numpy
from scipy import special

from table import Table, single

mpmath.mp.dps = 40
table = Table(__file__, relative_to="each element")


def exact(function, x):
    """The function in 40 digits, rounded to float64."""
    return numpy.vectorize(lambda v: float(function(mpmath.mpf(float(v)))))(x)


positive = single([[1e-30, 1e-12, 0.003, 0.5], [0.75, 1, 1.25, 3], [10, 700.5, 1e8, 1e30]])
moderate = single([[-20, -3.25, -1, -0.5], [-1e-4, -1e-9, 1e-9, 1e-4], [0.5, 1, 3.25, 20]])
wide = single([-80, -40, -20, -5.5, -1, -1e-6, 0, 1e-6, 1, 2.5, 17, 40, 80])
unit = single([-1, -0.999, -0.75, -0.3, -1e-5, 0, 1e-5, 0.3, 0.75, 0.999, 1])

for name, function, x in [
    ("negate", lambda v: -v, moderate),
    ("reciprocal", lambda v: 1 / v, moderate),
    ("square", lambda v: v * v, moderate),
    ("sqrt", mpmath.sqrt, positive),
    ("exp", mpmath.exp, wide),
    ("expm1", mpmath.expm1, wide),
    ("log", mpmath.log, positive),
    ("log1p", mpmath.log1p, single([-0.999, -0.5, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.5, 3, 1e6])),
    ("sin", mpmath.sin, single([-300.5, -6, -3, -1, -1e-5, 0, 1e-5, 0.5, 1.5, 3, 22, 1e5])),
    ("cos", mpmath.cos, single([-300.5, -6, -3, -1, -1e-5, 0, 1e-5, 0.5, 1.5, 3, 22, 1e5])),
    ("tan", mpmath.tan, single([-300.5, -6, -1, -1e-5, 0, 1e-5, 0.5, 1.5, 22, 1e5])),
    ("asin", mpmath.asin, unit),
    ("acos", mpmath.acos, unit),
    ("atan", mpmath.atan, single([-1e9, -20, -1, -1e-5, 0, 1e-5, 0.3, 0.75, 2, 1e9])),
    ("sinh", mpmath.sinh, wide),
    ("cosh", mpmath.cosh, wide),
    ("tanh", mpmath.tanh, single([-30, -5, -1, -0.1, -1e-5, 0, 1e-5, 0.3, 0.75, 2, 9, 30])),
    ("sigmoid", lambda v: 1 / (1 + mpmath.exp(-v)), wide),
    ("softplus", lambda v: mpmath.log1p(mpmath.exp(v)), wide),
    ("relu", lambda v: max(v, 0), moderate),
    ("abs", abs, moderate),
    ("erf", mpmath.erf, single([-7, -3, -1.5, -1, -0.999, -0.3, -1e-5, 0, 1e-5, 0.5, 1.001, 2.4, 5, 9])),
]:
    table.case(f"stride.{name}", {"x": x}, {"y": exact(function, x)})

table.case("stride.exp", {"x": single([-200, 200])}, {"y": numpy.exp(single([-200, 200]))})
table.case("stride.erf", {"x": moderate}, {"y": special.erf(moderate)})
for name, x in [("log", [-1, 0, numpy.inf]), ("sqrt", [-1, 0, numpy.inf]), ("asin", [-1.5, 1.5]),
                ("exp", [-numpy.inf, numpy.inf, numpy.nan]), ("log1p", [-2, -1])]:
    with numpy.errstate(all="ignore"):
        table.case(f"stride.{name}", {"x": single(x)},
                   {"y": getattr(numpy, name.replace("asin", "arcsin"))(single(x))})

row = single([1.5, -2, 4, 1e-3])
column = single([[3], [-0.25], [1e4]])
for name, function in {"add": numpy.add, "subtract": numpy.subtract, "multiply": numpy.multiply,
                       "divide": numpy.divide, "minimum": numpy.minimum,
                       "maximum": numpy.maximum, "atan2": numpy.arctan2}.items():
    table.case(f"stride.{name}", {"a": row, "b": column}, {"y": function(row, column)})
    table.case(f"stride.{name}", {"a": moderate, "b": row}, {"y": function(moderate, row)})

base = single([0.25, 1, 3.5, 1e3])
for exponent in (-1.5, 0.5, 2, 3):
    table.case("stride.power", {"x": base, "exponent": exponent}, {"y": base ** exponent})
table.case("stride.power", {"x": base, "exponent": single([[0], [0.7], [-2.25]])},
           {"y": base ** single([[0], [0.7], [-2.25]])})

table.case("stride.scale", {"x": moderate, "factor": 0.375}, {"y": 0.375 * moderate})
table.case("stride.leaky-relu", {"x": moderate, "slope": 0.125},
           {"y": numpy.where(moderate > 0, moderate, 0.125 * moderate)})
table.case("stride.smooth-abs", {"x": moderate, "epsilon": 0.0625},
           {"y": numpy.hypot(moderate, 0.0625)})
table.case("stride.clamp", {"x": moderate, "low": -1.5, "high": 0.75},
           {"y": numpy.clip(moderate, -1.5, 0.75)})
table.case("stride.where", {"condition": single([1, 0, 0, 2]), "a": moderate, "b": column},
           {"y": numpy.where(single([1, 0, 0, 2]) != 0, moderate, column)})

table.write()
