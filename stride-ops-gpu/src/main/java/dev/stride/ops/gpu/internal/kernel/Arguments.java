package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;
import java.util.List;
import java.util.function.IntFunction;

/** The operands and numbers of an expression as parameters of a kernel, and their values. */
final class Arguments {

  private Arguments() {}

  static String parameters(Code code) {
    StringBuilder text = new StringBuilder();
    code.operands().forEach(name -> text.append("__global const T *all_" + name + ", "));
    code.numbers().forEach(name -> text.append("const T " + name + ", "));
    return text.toString();
  }

  /** Gives each operand's element its name. */
  static String loads(Code code, IntFunction<String> position) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < code.operands().size(); i++) {
      String name = code.operands().get(i);
      text.append("const T %s = all_%s[%s];\n".formatted(name, name, position.apply(i)));
    }
    return text.toString();
  }

  static void addNumbers(List<Object> arguments, DataType type, double... numbers) {
    for (double number : numbers) {
      add(arguments, type == DataType.FLOAT64, number);
    }
  }

  /** Adds a number in double or single precision. */
  static void add(List<Object> arguments, boolean asDouble, double number) {
    if (asDouble) {
      arguments.add(number);
    } else {
      arguments.add((float) number);
    }
  }
}
