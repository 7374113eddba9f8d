package dev.stride.core.internal.async;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where failures go that have nobody to arrive at: callbacks of users, mostly. */
final class Uncaught {

  private static final Logger LOG = LoggerFactory.getLogger(Uncaught.class);

  private Uncaught() {}

  static void report(Throwable failure) {
    LOG.error("A completion failed; everything else goes on.", failure);
  }
}
