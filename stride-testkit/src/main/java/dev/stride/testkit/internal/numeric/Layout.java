package dev.stride.testkit.internal.numeric;

import dev.stride.testkit.Coordinates;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.call.ValueKinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How values by path make up one vector: a block for each value that has coordinates. Immutable.
 */
public final class Layout {

  private final List<Block> blocks;

  private Layout(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** The layout of these values; those without coordinates are left out. */
  public static Layout of(Map<String, Object> values, ValueKinds kinds) {
    List<Block> blocks = new ArrayList<>();
    values.forEach((path, value) -> {
      Coordinates<Object> coordinates = kinds.find(value);
      if (coordinates != null) {
        int size = coordinates.toArray(value).length;
        blocks.add(new Block(path, value, coordinates, size));
      }
    });
    return new Layout(blocks);
  }

  /** Number of blocks. */
  public int blocks() {
    return blocks.size();
  }

  /** The path of a block. */
  public String path(int block) {
    return blocks.get(block).path();
  }

  /** All paths in order. */
  public List<String> paths() {
    return blocks.stream().map(Block::path).toList();
  }

  /** Numbers in a block. */
  public int size(int block) {
    return blocks.get(block).size();
  }

  /** Numbers in all blocks. */
  public long size() {
    return blocks.stream().mapToLong(Block::size).sum();
  }

  /**
   * The vector of these values; values at other paths are ignored.
   *
   * @throws ContractViolation if a value is missing or of another shape or type than in this layout
   */
  public Vec vector(Map<String, Object> values) {
    double[][] parts = new double[blocks.size()][];
    for (int b = 0; b < parts.length; b++) {
      parts[b] = blocks.get(b).coordinates(values.get(blocks.get(b).path()));
    }
    return new Vec(parts);
  }

  /** The vector of values by block. */
  public Vec vector(IntFunction<?> values) {
    double[][] parts = new double[blocks.size()][];
    for (int b = 0; b < parts.length; b++) {
      parts[b] = blocks.get(b).coordinates(values.apply(b));
    }
    return new Vec(parts);
  }

  /** Shape and type of a block's values. */
  public String describe(int block) {
    return blocks.get(block).coordinates().describe(blocks.get(block).like());
  }

  /** The values of a vector, rounded to their types. */
  public Map<String, Object> values(Vec vector) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int b = 0; b < blocks.size(); b++) {
      values.put(path(b), value(b, vector));
    }
    return values;
  }

  /** The value of one block, rounded to its type. */
  public Object value(int block, Vec vector) {
    Block at = blocks.get(block);
    return at.coordinates().fromArray(at.like(), vector.block(block));
  }

  /** The vector rounded to what the types can hold. */
  public Vec rounded(Vec vector) {
    return vector(values(vector));
  }

  /** Zeros. */
  public Vec zeros() {
    double[][] parts = new double[blocks.size()][];
    for (int b = 0; b < parts.length; b++) {
      parts[b] = new double[size(b)];
    }
    return new Vec(parts);
  }

  /** Standard normal numbers, rounded to the types. */
  public Vec gaussian(SplittableRandom random) {
    double[][] parts = new double[blocks.size()][];
    for (int b = 0; b < parts.length; b++) {
      parts[b] = new double[size(b)];
      for (int i = 0; i < parts[b].length; i++) {
        parts[b][i] = random.nextGaussian();
      }
    }
    return rounded(new Vec(parts));
  }

  /** One in one place, zero elsewhere. */
  public Vec unit(int block, int index, double length) {
    Vec unit = zeros();
    unit.block(block)[index] = length;
    return unit;
  }

  private record Block(String path, Object like, Coordinates<Object> coordinates, int size) {

    double[] coordinates(@Nullable Object value) {
      if (value == null) {
        throw new ContractViolation("there is no value at `" + path + "`");
      }
      String expected = coordinates.describe(like);
      if (!coordinates.type().isInstance(value) || !coordinates.describe(value).equals(expected)) {
        throw new ContractViolation(
            "`"
                + path
                + "` was "
                + expected
                + " and is "
                + text(value)
                + " in another call with arguments of the same shapes");
      }
      return coordinates.toArray(value);
    }

    private String text(Object value) {
      return coordinates.type().isInstance(value)
          ? coordinates.describe(value)
          : value.getClass().getSimpleName();
    }
  }
}
