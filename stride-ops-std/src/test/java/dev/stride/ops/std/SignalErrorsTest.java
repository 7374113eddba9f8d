package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Arguments;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators on signals refuse, and how they say so. */
class SignalErrorsTest {

  private final Stride stride = Engines.standard();
  private final Variable<Tensor> x = stride.variable(Tensor.random(3, 8));

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void axes_that_are_not_there_are_refused() {
    refused("real-fft", Arguments.of(x).with("axes", 3), "`axes` is 3, but `x` has shape [3, 8]");
  }

  @Test
  void length_that_does_not_fit_the_half_spectrum_is_refused() {
    refused(
        "inverse-real-fft",
        Arguments.of(x, x).with("length", 9),
        "the half spectrum of 14 or 15 numbers. Give one of these lengths.");
  }

  @Test
  void unknown_mode_and_window_are_refused_with_the_known_ones() {
    Variable<Tensor> kernel = stride.variable(Tensor.random(3));
    refused(
        "convolve",
        Arguments.of(x, kernel).with("mode", "some"),
        "`mode` is \"some\"; it must be one of [full, same, valid]. Choose one.");
    refused("window", Arguments.of(x).with("kind", "box"), "`kind` is \"box\"; it must be one of");
  }

  @Test
  void kernel_longer_than_the_traces_is_refused_in_mode_valid() {
    Variable<Tensor> kernel = stride.variable(Tensor.random(9));
    refused(
        "correlate",
        Arguments.of(x, kernel).with("mode", "valid"),
        "`x` has shape [3, 8] but `kernel` has shape [9]; in mode valid");
  }

  @Test
  void phase_is_refused_where_the_envelope_vanishes_with_the_place() {
    Variable<Tensor> quiet = stride.variable(Tensor.zeros(x.get().shape(), x.get().dataType()));
    refused("instantaneous-phase", Arguments.of(quiet), "at sample 0 of trace 0");
  }

  @Test
  void one_sample_has_no_time_derivative() {
    refused(
        "time-derivative",
        Arguments.of(stride.variable(Tensor.random(4, 1)), 1),
        "a difference takes two samples or more");
  }

  @Test
  void fraction_to_resample_by_is_checked() {
    refused("resample-polyphase", Arguments.of(x, 0, 2), "`up` is 0; it must be from 1 to 10000.");
    refused(
        "resample-polyphase", Arguments.of(x, 3, 0.5), "`down` is 0.5; expected a whole number");
    refused(
        "resample-polyphase",
        Arguments.of(stride.variable(Tensor.scalar(1.0)), 3, 2),
        "`x` is a scalar; its last axis must be time. Give at least one trace.");
  }

  @Test
  void shifts_are_one_for_all_traces_or_one_for_each() {
    refused(
        "time-shift",
        Arguments.of(x, Tensor.random(3).cast(x.get().dataType()), 1),
        "`x` has shape [3, 8] but `shift` has shape [3]; there is one shift for all traces, in"
            + " shape [], or one for each, in shape [3, 1]. Reshape it.");
    refused(
        "time-shift",
        Arguments.of(x, Tensor.scalar(Double.NaN).cast(x.get().dataType()), 1),
        "`shift` is NaN s; it must be finite.");
  }

  private void refused(String operator, Arguments arguments, String message) {
    assertThatThrownBy(() -> stride.operator(operator).callAll(arguments).get(0).get())
        .hasStackTraceContaining("stride." + operator)
        .hasStackTraceContaining(message);
  }
}
