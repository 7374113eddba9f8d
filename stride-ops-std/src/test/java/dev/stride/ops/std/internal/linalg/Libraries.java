package dev.stride.ops.std.internal.linalg;

import java.lang.System.Logger.Level;
import java.util.stream.Stream;

/** The libraries that this machine has: Java always, OpenBLAS if it is installed. */
final class Libraries {

  private Libraries() {}

  static Stream<Library> all() {
    try {
      return Stream.of(Library.java(), Library.openBlas());
    } catch (UnsupportedOperationException obstacle) {
      System.getLogger(Libraries.class.getName())
          .log(Level.WARNING, "OpenBLAS is not tested: {0}", obstacle.getMessage());
      return Stream.of(Library.java());
    }
  }
}
