package dev.stride.core;

/** What an engine does when an operator's inputs are on another device than the operator. */
public enum TransferPolicy {
  /** Fails and names the operator and the devices: the user moves values. */
  EXPLICIT,
  /** Moves the inputs to the operator's device; runs count the values and bytes moved. */
  AUTOMATIC
}
