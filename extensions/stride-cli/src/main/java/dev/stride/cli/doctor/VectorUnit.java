package dev.stride.cli.doctor;

import java.lang.reflect.InvocationTargetException;

/** Finds the width of the vector unit without needing the module that knows it. */
final class VectorUnit {

  private static final String MODULE = "jdk.incubator.vector";
  private static final String REMEDY =
      "Start the JVM with --add-modules "
          + MODULE
          + ", as ./stride does; kernels are several times"
          + " slower without.";

  private VectorUnit() {}

  static Finding finding() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Finding.limited("vectors", "the module " + MODULE + " is off", REMEDY);
    }
    try {
      Class<?> vector = Class.forName(MODULE + ".FloatVector");
      Object species = vector.getField("SPECIES_PREFERRED").get(null);
      Class<?> type = Class.forName(MODULE + ".VectorSpecies");
      Object lanes = type.getMethod("length").invoke(species);
      Object bits = type.getMethod("vectorBitSize").invoke(species);
      return Finding.good("vectors", lanes + " float32 lanes of " + bits + " bits together");
    } catch (ReflectiveOperationException failure) {
      Throwable cause =
          failure instanceof InvocationTargetException thrown ? thrown.getCause() : failure;
      return Finding.limited("vectors", "the module " + MODULE + " fails: " + cause, REMEDY);
    }
  }
}
