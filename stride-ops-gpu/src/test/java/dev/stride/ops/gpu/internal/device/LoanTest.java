package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is lent goes back with its last holder, once; everything else never does. */
class LoanTest {

  private final AtomicInteger released = new AtomicInteger();
  private final Loan loan = new Loan(released::incrementAndGet);

  @Test
  void last_holder_gives_back_once() {
    loan.lend();
    loan.hold();
    loan.hold();
    loan.letGo();
    assertThat(released).hasValue(0);
    loan.letGo();
    assertThat(released).hasValue(1);
    loan.letGo();
    loan.hold();
    loan.letGo();
    assertThat(released).hasValue(1);
  }

  @Test
  void what_is_not_lent_never_goes_back() {
    loan.hold();
    loan.letGo();
    loan.lend();
    loan.hold();
    loan.letGo();
    assertThat(released).hasValue(0);
  }

  @Test
  void what_is_handed_out_never_goes_back() {
    loan.lend();
    loan.hold();
    loan.handOut();
    loan.letGo();
    loan.lend();
    loan.hold();
    loan.letGo();
    assertThat(released).hasValue(0);
  }

  @Test
  void what_a_run_holds_stays_lent_when_an_adjoint_returns_it_again() {
    loan.lend();
    loan.hold();
    loan.keep();
    loan.letGo();
    assertThat(released).hasValue(1);
  }

  @Test
  void what_no_run_has_taken_is_not_lent_to_the_next() {
    loan.lend();
    loan.keep();
    loan.hold();
    loan.letGo();
    assertThat(released).hasValue(0);
  }
}
