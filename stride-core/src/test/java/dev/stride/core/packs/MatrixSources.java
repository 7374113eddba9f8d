package dev.stride.core.packs;

/** Source code of a third-party pack that brings a class of values of its own: a dense matrix. */
public final class MatrixSources {

  private MatrixSources() {}

  private static final String MATRIX =
      """
      package com.acme.matrix;
      import java.util.Arrays;
      public final class Matrix {
        final int rows;
        final int columns;
        final double[] elements;
        Matrix(int rows, int columns, double... elements) {
          this.rows = rows;
          this.columns = columns;
          this.elements = elements;
        }
        Matrix transposed() {
          double[] other = new double[elements.length];
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              other[j * rows + i] = elements[i * columns + j];
            }
          }
          return new Matrix(columns, rows, other);
        }
        Matrix times(Matrix b) {
          double[] product = new double[rows * b.columns];
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < b.columns; j++) {
              for (int k = 0; k < columns; k++) {
                product[i * b.columns + j] += elements[i * columns + k] * b.elements[k * b.columns + j];
              }
            }
          }
          return new Matrix(rows, b.columns, product);
        }
        @Override public String toString() {
          return rows + "x" + columns + Arrays.toString(elements);
        }
      }
      """;

  private static final String SPACE =
      """
      package com.acme.matrix;
      import dev.stride.api.spi.VectorSpace;
      import java.util.Arrays;
      final class MatrixSpace implements VectorSpace<Matrix> {
        @Override public Class<Matrix> type() { return Matrix.class; }
        @Override public Spec<Matrix> spec(Matrix m) { return new Size(m.rows, m.columns); }
        @Override public Matrix add(Matrix a, Matrix b) {
          double[] sum = a.elements.clone();
          for (int i = 0; i < sum.length; i++) {
            sum[i] += b.elements[i];
          }
          return new Matrix(a.rows, a.columns, sum);
        }
        @Override public Matrix scale(Matrix m, double factor) {
          return new Matrix(
              m.rows, m.columns, Arrays.stream(m.elements).map(v -> v * factor).toArray());
        }
        @Override public double inner(Matrix a, Matrix b) {
          double sum = 0;
          for (int i = 0; i < a.elements.length; i++) {
            sum += a.elements[i] * b.elements[i];
          }
          return sum;
        }
        @Override public Matrix copy(Matrix m) { return scale(m, 1); }
        @Override public long bytes(Matrix m) { return 8L * m.elements.length; }
        @Override public Range range(Matrix m) {
          var all = Arrays.stream(m.elements).summaryStatistics();
          long nans = Arrays.stream(m.elements).filter(Double::isNaN).count();
          return new Range(all.getMin(), all.getMax(), nans, 0);
        }
        record Size(int rows, int columns) implements Spec<Matrix> {
          @Override public Matrix zero() { return new Matrix(rows, columns, new double[rows * columns]); }
          @Override public Matrix one() {
            double[] ones = new double[rows * columns];
            Arrays.fill(ones, 1);
            return new Matrix(rows, columns, ones);
          }
          @Override public boolean isScalar() { return rows * columns == 1; }
          @Override public long bytes() { return 8L * rows * columns; }
          @Override public String toString() { return "Matrix " + rows + "x" + columns; }
        }
      }
      """;

  private static final String OF =
      """
      package com.acme.matrix;
      import dev.stride.api.*;
      final class Of implements BlockingOperator<Matrix> {
        @Override public Signature signature() {
          return Signature.named("acme.matrix.of")
              .input("x").auxiliary("rows", Integer.class).output("y", Matrix.class).build();
        }
        @Override public Outputs forward(ForwardCall call) {
          double[] elements = call.tensor("x").toDoubleArray();
          int rows = call.integer("rows");
          return Outputs.of(new Matrix(rows, elements.length / rows, elements));
        }
        @Override public Gradients adjoint(AdjointCall call) {
          return Gradients.of(Tensor.of(call.cotangent("y", Matrix.class).elements.clone()));
        }
      }
      """;

  private static final String PRODUCT =
      """
      package com.acme.matrix;
      import dev.stride.api.*;
      final class Product implements BlockingOperator<Matrix> {
        @Override public Signature signature() {
          return Signature.named("acme.matrix.product")
              .input("a", Matrix.class).input("b", Matrix.class).output("y", Matrix.class).build();
        }
        @Override public Outputs forward(ForwardCall call) {
          return Outputs.of(call.value("a", Matrix.class).times(call.value("b", Matrix.class)));
        }
        @Override public Gradients adjoint(AdjointCall call) {
          Matrix dy = call.cotangent("y", Matrix.class);
          Matrix a = call.value("a", Matrix.class);
          Matrix b = call.value("b", Matrix.class);
          return Gradients.of(dy.times(b.transposed()), a.transposed().times(dy));
        }
      }
      """;

  private static final String TRACE =
      """
      package com.acme.matrix;
      import dev.stride.api.*;
      final class Trace implements BlockingOperator<Double> {
        @Override public Signature signature() {
          return Signature.named("acme.matrix.trace")
              .input("a", Matrix.class).output("y", Double.class).linearIn("a").build();
        }
        @Override public Outputs forward(ForwardCall call) {
          Matrix a = call.value("a", Matrix.class);
          double sum = 0;
          for (int i = 0; i < a.rows; i++) {
            sum += a.elements[i * a.columns + i];
          }
          return Outputs.of(sum);
        }
        @Override public Gradients adjoint(AdjointCall call) {
          Matrix a = call.value("a", Matrix.class);
          double[] slope = new double[a.elements.length];
          for (int i = 0; i < a.rows; i++) {
            slope[i * a.columns + i] = call.cotangent("y", Double.class);
          }
          return Gradients.of(new Matrix(a.rows, a.columns, slope));
        }
      }
      """;

  private static final String REGISTRATION =
      """
      registrar.operator(Of::new);
      registrar.operator(Product::new);
      registrar.operator(Trace::new);
      """;

  /**
   * The pack {@code acme.matrix} with {@code acme.matrix.of}, {@code .product} and {@code .trace}.
   *
   * @param withSpace whether it registers the vector space of its class
   */
  public static PackJar jar(boolean withSpace) {
    String space = withSpace ? "registrar.vectorSpace(new MatrixSpace());" : "";
    return PackJar.named("matrix")
        .source("com.acme.matrix.Matrix", MATRIX)
        .source("com.acme.matrix.MatrixSpace", SPACE)
        .source("com.acme.matrix.Of", OF)
        .source("com.acme.matrix.Product", PRODUCT)
        .source("com.acme.matrix.Trace", TRACE)
        .source(
            "com.acme.matrix.Matrices",
            Sources.pack("com.acme.matrix", "Matrices", "acme.matrix", REGISTRATION + space, ""))
        .service("com.acme.matrix.Matrices");
  }
}
