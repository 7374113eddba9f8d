package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import java.lang.System.Logger.Level;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Whether vector code can be used: it needs the module {@code jdk.incubator.vector} and the server
 * compiler, below which it is far slower than plain loops.
 */
public final class VectorUnit {

  private static final int FLOATS = isThere() ? Lanes.floats() : 0;
  private static final int DOUBLES = isThere() ? Lanes.doubles() : 0;

  private VectorUnit() {}

  /** Elements of a vector of this type; 0 where there is no vector code. */
  public static int lanes(DataType type) {
    return type == DataType.FLOAT32 ? FLOATS : DOUBLES;
  }

  private static boolean isThere() {
    String obstacle =
        obstacle(
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
            System.getProperty("java.vm.info", ""));
    if (obstacle != null) {
      System.getLogger(VectorUnit.class.getPackageName()).log(Level.WARNING, obstacle);
    }
    return obstacle == null;
  }

  /** Why there is no vector code, and what to do; null if nothing stands in the way. */
  static @Nullable String obstacle(boolean moduleIsThere, String compilers) {
    if (!moduleIsThere) {
      return "operators run on plain loops, functions such as exp several times slower: module"
          + " jdk.incubator.vector is not there. Start java with --add-modules"
          + " jdk.incubator.vector.";
    }
    if (compilers.contains("interpreted") || compilers.contains("emulated-client")) {
      return "operators run on plain loops, functions such as exp several times slower: the server"
          + " compiler is off ("
          + compilers
          + "). Remove -Xint or -XX:TieredStopAtLevel from the arguments of java.";
    }
    return null;
  }

  /** Loaded only where the module is there. */
  private static final class Lanes {

    static int floats() {
      return FloatVector.SPECIES_PREFERRED.length();
    }

    static int doubles() {
      return DoubleVector.SPECIES_PREFERRED.length();
    }
  }
}
