/* Differences, interpolation, sparse products and losses as plain C: the yardstick of the operators
 * on fields, with zeros beyond the edges of grids. */
#include <math.h>

static const float W[] = {-205.f / 72, 8.f / 5, -1.f / 5, 8.f / 315, -1.f / 560};

static float at(const float *x, long z, long y, long i, long nz, long ny, long nx) {
  int inside = z >= 0 && z < nz && y >= 0 && y < ny && i >= 0 && i < nx;
  return inside ? x[(z * ny + y) * nx + i] : 0;
}

static float edge(const float *x, long z, long y, long i, long nz, long ny, long nx) {
  float sum = (nz == 1 ? 2 : 3) * W[0] * x[(z * ny + y) * nx + i];
  for (int k = 1; k <= 4; k++) {
    float near = at(x, z, y, i - k, nz, ny, nx) + at(x, z, y, i + k, nz, ny, nx) +
                 at(x, z, y - k, i, nz, ny, nx) + at(x, z, y + k, i, nz, ny, nx);
    if (nz > 1) near += at(x, z - k, y, i, nz, ny, nx) + at(x, z + k, y, i, nz, ny, nx);
    sum += W[k] * near;
  }
  return sum;
}

/* Order 8, spacing 1; nz is 1 for a plane. */
void laplacian(const float *restrict x, float *restrict out, long nz, long ny, long nx) {
  long plane = nz == 1 ? 0 : ny * nx;
  for (long z = 0; z < nz; z++) {
    for (long y = 0; y < ny; y++) {
      const float *restrict u = x + (z * ny + y) * nx;
      float *restrict v = out + (z * ny + y) * nx;
      int inner = y >= 4 && y < ny - 4 && (nz == 1 || (z >= 4 && z < nz - 4));
      if (inner && nz == 1) {
        for (long i = 4; i < nx - 4; i++) {
          float sum = 2 * W[0] * u[i];
          for (int k = 1; k <= 4; k++)
            sum += W[k] * (u[i - k] + u[i + k] + u[i - k * nx] + u[i + k * nx]);
          v[i] = sum;
        }
      } else if (inner) {
        for (long i = 4; i < nx - 4; i++) {
          float sum = 3 * W[0] * u[i];
          for (int k = 1; k <= 4; k++)
            sum += W[k] * (u[i - k] + u[i + k] + u[i - k * nx] + u[i + k * nx] +
                           u[i - k * plane] + u[i + k * plane]);
          v[i] = sum;
        }
      }
      for (long i = 0; i < nx; i++)
        if (!inner || i < 4 || i >= nx - 4) v[i] = edge(x, z, y, i, nz, ny, nx);
    }
  }
}

void interpolate(const float *restrict x, const float *restrict points, float *restrict y, long ny,
                 long nx, long count) {
  for (long p = 0; p < count; p++) {
    double a = points[2 * p], b = points[2 * p + 1];
    long i = fmin(floor(a), ny - 2), j = fmin(floor(b), nx - 2);
    double s = a - i, t = b - j;
    const float *u = x + i * nx + j;
    y[p] = (1 - s) * ((1 - t) * u[0] + t * u[1]) + s * ((1 - t) * u[nx] + t * u[nx + 1]);
  }
}

void csr(const float *restrict values, const float *restrict x, const int *restrict starts,
         const int *restrict columns, float *restrict y, long rows) {
  for (long r = 0; r < rows; r++) {
    double sum = 0;
    for (int k = starts[r]; k < starts[r + 1]; k++) sum += (double)values[k] * x[columns[k]];
    y[r] = sum;
  }
}

void huber(const float *restrict m, const float *restrict o, float *restrict loss, long n,
           float delta) {
  double sum = 0;
  for (long i = 0; i < n; i++) {
    float r = fabsf(m[i] - o[i]);
    sum += r < delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
  }
  *loss = sum;
}
