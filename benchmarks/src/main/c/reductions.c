/* Reductions of x[outer][n][inner] over the middle axis as plain C, summed in float64 as Stride does:
 * the yardstick of reductions. Rows are reduced one after the other, columns side by side. */
#include <math.h>
#include <stdlib.h>


static double sum_of(const float *restrict x, long n) {
  double s = 0;
  for (long i = 0; i < n; i++) s += x[i];
  return s;
}

static double squares_of(const float *restrict x, long n, float mean) {
  double s = 0;
  for (long i = 0; i < n; i++) s += (double)(x[i] - mean) * (x[i] - mean);
  return s;
}

static float most_of(const float *restrict x, long n) {
  float m = x[0];
  for (long i = 1; i < n; i++) m = x[i] > m ? x[i] : m;
  return m;
}

static double exponentials_of(const float *restrict x, long n, float most) {
  double s = 0;
  for (long i = 0; i < n; i++) s += expf(x[i] - most);
  return s;
}

/* What is done with all parts of a row: the first pass gives a statistic for the second. */
enum { SUM, MAX, NORM, VARIANCE, LOGSUMEXP };

static double first(int what, const float *x, long n) {
  switch (what) {
    case SUM: case VARIANCE: return sum_of(x, n);
    case NORM: return squares_of(x, n, 0);
    default: return most_of(x, n);
  }
}

static double joined(int what, double a, double b) {
  return what == MAX || what == LOGSUMEXP ? (a > b ? a : b) : a + b;
}

static double second(int what, const float *x, long n, double statistic) {
  return what == VARIANCE ? squares_of(x, n, statistic) : exponentials_of(x, n, statistic);
}

static float result(int what, double statistic, double sum, long n) {
  switch (what) {
    case NORM: return sqrt(statistic);
    case VARIANCE: return sum / n;
    case LOGSUMEXP: return log(sum) + statistic;
    default: return statistic;
  }
}

static void row(int what, const float *x, float *y, long n) {
  double statistic = first(what, x, n), sum = 0;
  if (what == VARIANCE) statistic /= n;
  if (what == VARIANCE || what == LOGSUMEXP) sum = second(what, x, n, statistic);
  *y = result(what, statistic, sum, n);
}

/* All elements; two threads take a half each. */
static void whole(int what, const float *x, float *y, long n, int threads) {
  double part[2], sum[2] = {0, 0};
  long half = n / 2;
#pragma omp parallel for num_threads(threads)
  for (int t = 0; t < 2; t++) part[t] = first(what, x + t * half, t ? n - half : half);
  double statistic = joined(what, part[0], part[1]);
  if (what == VARIANCE) statistic /= n;
  if (what == VARIANCE || what == LOGSUMEXP) {
#pragma omp parallel for num_threads(threads)
    for (int t = 0; t < 2; t++) sum[t] = second(what, x + t * half, t ? n - half : half, statistic);
  }
  *y = result(what, statistic, sum[0] + sum[1], n);
}

/* Columns [from, to) of x[n][inner]. */
static void columns(int what, const float *restrict x, float *restrict y, long n, long inner,
                    long from, long to) {
  long width = to - from;
  double *restrict s = malloc(width * sizeof(double));
  double *restrict t = calloc(width, sizeof(double));
  float *restrict m = malloc(width * sizeof(float));
  for (long i = 0; i < width; i++) s[i] = what == MAX || what == LOGSUMEXP ? x[from + i] : 0;
  for (long i = 0; i < width; i++) m[i] = s[i];
  for (long r = 0; r < n; r++) {
    const float *restrict u = x + r * inner + from;
    if (what == SUM || what == VARIANCE) for (long i = 0; i < width; i++) s[i] += u[i];
    else if (what == NORM) for (long i = 0; i < width; i++) s[i] += (double)u[i] * u[i];
    else for (long i = 0; i < width; i++) m[i] = u[i] > m[i] ? u[i] : m[i];
  }
  if (what == VARIANCE) for (long i = 0; i < width; i++) m[i] = s[i] / n;
  if (what == VARIANCE || what == LOGSUMEXP)
    for (long r = 0; r < n; r++) {
      const float *restrict u = x + r * inner + from;
      if (what == VARIANCE) for (long i = 0; i < width; i++) t[i] += (double)(u[i] - m[i]) * (u[i] - m[i]);
      else for (long i = 0; i < width; i++) t[i] += expf(u[i] - m[i]);
    }
  for (long i = 0; i < width; i++)
    y[from + i] = result(what, what == MAX || what == LOGSUMEXP ? m[i] : s[i], t[i], n);
  free(s); free(t); free(m);
}

void reduce(int what, const float *restrict x, float *restrict y, long outer, long n, long inner,
            int threads) {
  if (inner > 1) {
    long blocks = (inner + 1023) / 1024;
#pragma omp parallel for num_threads(threads)
    for (long b = 0; b < blocks; b++)
      columns(what, x, y, n, inner, b * 1024, b * 1024 + 1024 < inner ? b * 1024 + 1024 : inner);
  } else if (outer > 1) {
#pragma omp parallel for num_threads(threads)
    for (long r = 0; r < outer; r++) row(what, x + r * n, y + r, n);
  } else {
    whole(what, x, y, n, threads);
  }
}
