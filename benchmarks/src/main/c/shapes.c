/* Moving elements about as plain C: the yardstick of operators that compute nothing. */
#include <string.h>

/* y[j][i] = x[i][j], in tiles that fit the first-level cache. */
void transpose(const float *restrict x, float *restrict y, long rows, long columns, int threads) {
#pragma omp parallel for num_threads(threads)
  for (long a = 0; a < rows; a += 32)
    for (long b = 0; b < columns; b += 32)
      for (long j = b; j < b + 32 && j < columns; j++)
        for (long i = a; i < a + 32 && i < rows; i++) y[j * rows + i] = x[i * columns + j];
}

/* Rows of one matrix behind the same rows of another. */
void concatenate(const float *restrict x, const float *restrict z, float *restrict y, long rows,
                 long columns, int threads) {
#pragma omp parallel for num_threads(threads)
  for (long i = 0; i < rows; i++) {
    memcpy(y + 2 * i * columns, x + i * columns, columns * sizeof(float));
    memcpy(y + (2 * i + 1) * columns, z + i * columns, columns * sizeof(float));
  }
}

/* Rows by index. */
void gather(const float *restrict x, const int *restrict index, float *restrict y, long rows,
            long columns, int threads) {
#pragma omp parallel for num_threads(threads)
  for (long i = 0; i < rows; i++)
    memcpy(y + i * columns, x + index[i] * columns, columns * sizeof(float));
}
