/* The yardstick: the same steps as the Java kernels in plain loops, which gcc vectorises.
 * Same layout, same two buffers in place, same tiles of 16 rows and 50 planes, same runs of the
 * absorbing layer, and tiles handed out dynamically, as there. */
#include <stddef.h>

#define RING(n) (u[-n] + u[n] + (u[-n * S] + u[n * S]))
#define BALL(n) (RING(n) + (u[-n * P] + u[n * P]))

static inline void damp(const float *restrict u, float *restrict next, const float *restrict keep,
                        const float *restrict pull, ptrdiff_t from, ptrdiff_t to) {
  for (ptrdiff_t i = from; i < to; i++) next[i] = keep[i] * next[i] + pull[i] * u[i];
}

static inline void row_2d_10(const float *restrict at, float *restrict next,
                             const float *restrict c, const float *restrict k, int count,
                             ptrdiff_t S) {
  const float k0 = k[0], k1 = k[1], k2 = k[2], k3 = k[3], k4 = k[4], k5 = k[5];
  for (int i = 0; i < count; i++) {
    const float *u = at + i;
    float lap = k0 * u[0] + k1 * RING(1) + k2 * RING(2) + k3 * RING(3) + k4 * RING(4) + k5 * RING(5);
    next[i] = 2 * u[0] - next[i] + c[i] * lap;
  }
}

static inline void row_3d_8(const float *restrict at, float *restrict next,
                            const float *restrict c, const float *restrict k, int count,
                            ptrdiff_t S, ptrdiff_t P) {
  const float k0 = k[0], k1 = k[1], k2 = k[2], k3 = k[3], k4 = k[4];
  for (int i = 0; i < count; i++) {
    const float *u = at + i;
    float lap = k0 * u[0] + k1 * BALL(1) + k2 * BALL(2) + k3 * BALL(3) + k4 * BALL(4);
    next[i] = 2 * u[0] - next[i] + c[i] * lap;
  }
}

/* Advances so many steps; the last level is in u for an even number of them, else in next. */
void wave(float *u, float *next, const float *c, const float *keep, const float *pull,
          const int *first_edges, const int *edges, const float *k, int nz, int ny, int nx,
          long pitch, long plane, long first, int steps, int threads) {
  int bands = (ny + 15) / 16, slabs = (nz + 63) / 64;
  for (int step = 0; step < steps; step++) {
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (int tile = 0; tile < bands * slabs; tile++) {
      int band = tile % bands, slab = tile / bands;
      int y1 = band * 16 + 16 < ny ? band * 16 + 16 : ny;
      for (int z = nz * slab / slabs; z < nz * (slab + 1) / slabs; z++)
        for (int y = band * 16; y < y1; y++) {
          int row = z * ny + y;
          ptrdiff_t at = first + z * plane + y * pitch;
          for (int edge = first_edges[row]; edge < first_edges[row + 1]; edge += 2)
            damp(u, next, keep, pull, edges[edge], edges[edge + 1]);
          if (nz == 1) row_2d_10(u + at, next + at, c + at, k, nx, pitch);
          else row_3d_8(u + at, next + at, c + at, k, nx, pitch, plane);
        }
    }
    float *level = u;
    u = next;
    next = level;
  }
}
