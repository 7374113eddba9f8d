package dev.stride.ops.std;

import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What a tensor that an operator is differentiated at may be like. */
@SuppressWarnings("ImmutableEnumChecker") // predicates of shapes and values
enum SampleAspect {
  ONE_ELEMENT(x -> x.size() == 1),
  EMPTY(x -> x.size() == 0),
  ODD_EXTENT(
      x -> IntStream.of(x.shape().toArray()).anyMatch(extent -> extent > 1 && extent % 2 == 1)),
  NOT_SQUARE(x -> x.shape().rank() > 1 && x.shape().extent(-1) != x.shape().extent(-2)),
  RANK_0(x -> x.shape().rank() == 0),
  RANK_1(x -> x.shape().rank() == 1),
  RANK_2(x -> x.shape().rank() == 2),
  RANK_3(x -> x.shape().rank() == 3),
  RANK_4(x -> x.shape().rank() == 4),
  LARGE(x -> largest(x) >= 1e5),
  SMALL(x -> largest(x) > 0 && largest(x) <= 1e-5);

  private final Predicate<Tensor> holds;

  SampleAspect(Predicate<Tensor> holds) {
    this.holds = holds;
  }

  private static double largest(Tensor x) {
    return x.size() == 0 ? 0 : Math.max(x.max(), -x.min());
  }

  /** What the samples of an operator cover, all differentiable tensors taken together. */
  static Set<SampleAspect> covered(Operator<?> operator, List<Sample> samples) {
    Set<SampleAspect> covered = EnumSet.noneOf(SampleAspect.class);
    for (Sample sample : samples) {
      for (Tensor tensor : differentiable(operator, sample)) {
        for (SampleAspect aspect : values()) {
          if (aspect.holds.test(tensor)) {
            covered.add(aspect);
          }
        }
      }
    }
    return covered;
  }

  private static List<Tensor> differentiable(Operator<?> operator, Sample sample) {
    List<Port> ports = operator.signature().inputs();
    List<Tensor> tensors = new ArrayList<>();
    List<Object> positional = sample.arguments().positional();
    for (int i = 0; i < positional.size(); i++) {
      collect(ports.get(Math.min(i, ports.size() - 1)), positional.get(i), tensors);
    }
    for (Map.Entry<String, Object> named : sample.arguments().named().entrySet()) {
      ports.stream()
          .filter(port -> port.name().equals(named.getKey()))
          .forEach(port -> collect(port, named.getValue(), tensors));
    }
    return tensors;
  }

  private static void collect(Port port, Object value, List<Tensor> into) {
    if (port.differentiable() && value instanceof Tensor tensor) {
      into.add(tensor);
    } else if (port.differentiable() && value instanceof List<?> list) {
      list.forEach(item -> collect(port, item, into));
    }
  }
}
