package dev.stride.core.internal.discovery;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.stride.core.Discovery;
import dev.stride.core.Discovery.Available;
import dev.stride.core.Discovery.Broken;
import dev.stride.core.Discovery.Status;
import dev.stride.core.Discovery.Unavailable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LoadedPackTest {

  private final Logger logger = mock();

  @Test
  void log_of_an_available_pack_is_one_line_for_developers() {
    pack(new Available()).log(logger);
    verify(logger).debug("Pack {} {} from {}: {} operators", "acme", "1.2", "/acme.jar", 0);
    verifyNoMoreInteractions(logger);
  }

  @Test
  void log_of_an_unavailable_pack_says_why() {
    Unavailable unavailable = new Unavailable("no OpenCL device", "install a driver");
    pack(unavailable).log(logger);
    verify(logger).info("Pack {} {} from {}: {}", "acme", "1.2", "/acme.jar", unavailable);
    verifyNoMoreInteractions(logger);
  }

  @Test
  void log_of_a_broken_pack_is_a_warning_with_its_cause() {
    IllegalStateException cause = new IllegalStateException("no licence");
    Broken broken = new Broken("register() threw " + cause, cause);
    pack(broken).log(logger);
    verify(logger).warn("Pack {} {} from {}: {}", "acme", "1.2", "/acme.jar", broken, cause);
    verifyNoMoreInteractions(logger);
  }

  private static LoadedPack pack(Status status) {
    return LoadedPack.without(
        "com.acme.Pack",
        null,
        new Discovery.Pack("acme", "1.2", "/acme.jar", status, new Discovery.Uncertified()));
  }
}
