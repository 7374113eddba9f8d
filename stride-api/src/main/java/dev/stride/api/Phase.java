package dev.stride.api;

/** The part of an operator's life that an event or an error belongs to. */
public enum Phase {
  /** Binding arguments to ports, on the caller's thread. */
  CALL,
  /** Computing outputs. */
  FORWARD,
  /** Computing gradients of the inputs from cotangents of the outputs. */
  ADJOINT,
  /** Applying the derivative to a direction. */
  TANGENT,
  /** Adding a gradient to a leaf. */
  ACCUMULATE
}
