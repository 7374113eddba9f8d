/* Plain loops over arrays, as gcc vectorises them: the yardstick of element-wise operators and
 * reductions. Functions come from the vector library of glibc, which -ffast-math turns on. */
#include <math.h>

#define LOOP(name, type, value)                                                         \
  void name(const type *restrict a, const type *restrict b, type *restrict out, long n,  \
            int threads) {                                                              \
    if (threads == 1) {                                                                 \
      for (long i = 0; i < n; i++) out[i] = value;                                      \
      return;                                                                           \
    }                                                                                   \
    _Pragma("omp parallel for simd num_threads(threads)")                               \
    for (long i = 0; i < n; i++) out[i] = value;                                        \
  }
#define BOTH(name, single, exact) LOOP(name##_f32, float, single) LOOP(name##_f64, double, exact)
#define SAME(name, value) BOTH(name, value, value)
#define FUNCTION(name) BOTH(name, name##f(a[i]), name(a[i]))

SAME(add, a[i] + b[i])
SAME(multiply, a[i] * b[i])
SAME(divide, a[i] / b[i])
SAME(maximum, a[i] > b[i] ? a[i] : b[i])
FUNCTION(sqrt)
FUNCTION(exp)
FUNCTION(expm1)
FUNCTION(log)
FUNCTION(log1p)
FUNCTION(sin)
FUNCTION(cos)
FUNCTION(tan)
FUNCTION(asin)
FUNCTION(acos)
FUNCTION(atan)
FUNCTION(sinh)
FUNCTION(cosh)
FUNCTION(tanh)
BOTH(power, powf(a[i], b[i]), pow(a[i], b[i]))
BOTH(atan2, atan2f(a[i], b[i]), atan2(a[i], b[i]))
