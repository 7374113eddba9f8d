"""Element-wise functions."""

import numpy

from table import Table, single

table = Table(__file__, relative_to="each element")

positive = single([[1e-30, 1e-12, 0.003, 0.5], [0.75, 1, 1.25, 3], [10, 700.5, 1e8, 1e30]])
moderate = single([[-20, -3.25, -1, -0.5], [-1e-4, -1e-9, 1e-9, 1e-4], [0.5, 1, 3.25, 20]])

table.case("stride.exp", {"x": single([-80, -1, -1e-6, 0, 1e-6, 1, 2.5, 80])},
           {"y": numpy.exp(single([-80, -1, -1e-6, 0, 1e-6, 1, 2.5, 80]))})
table.case("stride.log", {"x": positive}, {"y": numpy.log(positive)})
table.case("stride.sqrt", {"x": positive}, {"y": numpy.sqrt(positive)})

row = single([1.5, -2, 4, 1e-3])
column = single([[3], [-0.25], [1e4]])
for name, function in {"add": numpy.add, "subtract": numpy.subtract,
                       "multiply": numpy.multiply, "divide": numpy.divide}.items():
    table.case(f"stride.{name}", {"a": row, "b": column}, {"y": function(row, column)})
    table.case(f"stride.{name}", {"a": moderate, "b": row}, {"y": function(moderate, row)})

for exponent in (-1.5, 0.5, 2, 3):
    table.case("stride.power", {"x": single([0.25, 1, 3.5, 1e3]), "exponent": exponent},
               {"y": single([0.25, 1, 3.5, 1e3]) ** exponent})

table.write()
