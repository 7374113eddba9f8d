"""Products with sparse matrices."""

import numpy
from scipy.sparse import csr_array

from table import Table, single

table = Table(__file__, relative_to="the largest element")
random = numpy.random.default_rng(13)

for shape, density in (((5, 7), 0.4), ((20, 3), 0.3), ((1, 9), 0.5), ((30, 30), 0.1)):
    dense = single(random.standard_normal(shape) * (random.random(shape) < density))
    matrix = csr_array(dense)
    x = single(random.standard_normal(shape[1]))
    table.case("stride.csr-matvec",
               {"values": matrix.data, "x": x, "starts": matrix.indptr.astype(float),
                "columns": matrix.indices.astype(float)},
               {"y": matrix @ x})

table.write()
