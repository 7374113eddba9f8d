package dev.stride.testkit.internal.numeric;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A real vector in blocks, one per value. Immutable by convention: nobody writes to the arrays of
 * another.
 */
public final class Vec {

  private final double[][] blocks;

  Vec(double[][] blocks) {
    this.blocks = blocks;
  }

  /** A vector of one block. Not modified, not copied. */
  public static Vec of(double... numbers) {
    return new Vec(new double[][] {numbers});
  }

  /** Number of blocks. */
  public int blocks() {
    return blocks.length;
  }

  /** The numbers of a block. Not to be modified. */
  public double[] block(int index) {
    return blocks[index];
  }

  /** This vector with zeros in all other blocks. */
  public Vec only(int block) {
    double[][] result = new double[blocks.length][];
    for (int b = 0; b < blocks.length; b++) {
      result[b] = b == block ? blocks[b] : new double[blocks[b].length];
    }
    return new Vec(result);
  }

  /** This vector with another block in one place. */
  public Vec with(int block, double[] numbers) {
    double[][] result = blocks.clone();
    result[block] = numbers;
    return new Vec(result);
  }

  /** {@code this + factor * other}. */
  public Vec plus(double factor, Vec other) {
    double[][] result = new double[blocks.length][];
    for (int b = 0; b < blocks.length; b++) {
      result[b] = new double[blocks[b].length];
      for (int i = 0; i < result[b].length; i++) {
        result[b][i] = blocks[b][i] + factor * other.blocks[b][i];
      }
    }
    return new Vec(result);
  }

  /** {@code this - other}. */
  public Vec minus(Vec other) {
    return plus(-1, other);
  }

  /** {@code factor * this}. */
  public Vec times(double factor) {
    return map(v -> v * factor);
  }

  /** The function of every number. */
  public Vec map(DoubleUnaryOperator function) {
    double[][] result = new double[blocks.length][];
    for (int b = 0; b < blocks.length; b++) {
      result[b] = Arrays.stream(blocks[b]).map(function).toArray();
    }
    return new Vec(result);
  }

  /** Inner product, compensated. */
  public double dot(Vec other) {
    Sum sum = new Sum();
    for (int b = 0; b < blocks.length; b++) {
      sum.addProducts(blocks[b], other.blocks[b]);
    }
    return sum.value();
  }

  /** Inner product of one block, compensated. */
  public double dot(int block, Vec other) {
    Sum sum = new Sum();
    sum.addProducts(blocks[block], other.blocks[block]);
    return sum.value();
  }

  /** Euclidean norm. */
  public double norm() {
    return Math.sqrt(dot(this));
  }

  /** Euclidean norm of one block. */
  public double norm(int block) {
    return Math.sqrt(dot(block, this));
  }

  /** Whether every number is finite. */
  public boolean isFinite() {
    return Arrays.stream(blocks).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }

  /** Whether every number is zero, of either sign. */
  public boolean isZero() {
    return Arrays.stream(blocks).flatMapToDouble(Arrays::stream).allMatch(v -> v == 0);
  }

  /** Whether every bit is the same; zeros of both signs are equal, and so are NaNs. */
  public boolean same(Vec other) {
    return blocks.length == other.blocks.length && firstDifference(other) == null;
  }

  /** Where two vectors of one layout first differ; null if they are the same. */
  public int @Nullable [] firstDifference(Vec other) {
    for (int b = 0; b < blocks.length; b++) {
      for (int i = 0; i < Math.max(blocks[b].length, other.blocks[b].length); i++) {
        if (i >= blocks[b].length || i >= other.blocks[b].length) {
          return new int[] {b, i};
        }
        if (blocks[b][i] != other.blocks[b][i]
            && Double.compare(blocks[b][i], other.blocks[b][i]) != 0) {
          return new int[] {b, i};
        }
      }
    }
    return null;
  }
}
