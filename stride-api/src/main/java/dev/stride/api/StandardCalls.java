package dev.stride.api;

/** Calls of standard operators by full name, with a variable first. */
final class StandardCalls {

  private StandardCalls() {}

  @SuppressWarnings("unchecked")
  static <T> Variable<T> call(Variable<T> first, String operator, Object... others) {
    Object[] arguments = new Object[others.length + 1];
    arguments[0] = first;
    System.arraycopy(others, 0, arguments, 1, others.length);
    Operator<?> found = first.engine().operator(operator, Object.class);
    return (Variable<T>) found.call(arguments);
  }
}
