package dev.stride.core.internal.engine;

import dev.stride.api.Arguments;
import dev.stride.api.Results;
import dev.stride.api.Weight;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.lang.StackWalker.StackFrame;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls: binds the arguments, records a node if a gradient is wanted, and submits the work.
 * Nothing here waits, except for the configured bound on unfinished calls.
 */
final class Calls {

  private final EngineCore engine;
  private final Binder binder;

  Calls(EngineCore engine) {
    this.engine = engine;
    this.binder = new Binder(engine);
  }

  Results call(Callee callee, CallSettings view, @Nullable Object[] positional) {
    engine.checkOpen();
    StackFrame site = callSite(callee.plan());
    CallSettings settings = engine.scope().apply(view);
    if (settings.fused()) {
      return later(callee, settings, Binder.arguments(callee.plan(), positional), site);
    }
    Binding binding = binder.bind(callee, positional, settings.recording());
    Layout fixed = callee.plan().outputs();
    Layout outputs =
        fixed != null ? fixed : outputs(callee, Binder.arguments(callee.plan(), positional));
    return submit(callee, settings, binding, outputs, site);
  }

  Results call(Callee callee, CallSettings view, Arguments arguments) {
    engine.checkOpen();
    StackFrame site = callSite(callee.plan());
    CallSettings settings = engine.scope().apply(view);
    return settings.fused()
        ? later(callee, settings, arguments, site)
        : now(callee, settings, arguments, site);
  }

  private Results now(
      Callee callee, CallSettings settings, Arguments arguments, @Nullable StackFrame site) {
    Binding binding = binder.bind(callee, arguments, settings.recording());
    return submit(callee, settings, binding, outputs(callee, arguments), site);
  }

  /** Puts a call off where it can become part of another one. */
  private Results later(
      Callee callee, CallSettings settings, Arguments arguments, @Nullable StackFrame site) {
    Results putOff = engine.fusions().putOff(binder, callee, settings, arguments, site);
    return putOff == null ? now(callee, settings, arguments, site) : putOff;
  }

  private static Layout outputs(Callee callee, Arguments arguments) {
    OperatorPlan plan = callee.plan();
    Layout fixed = plan.outputs();
    return fixed != null ? fixed : Binder.outputs(plan, plan.worker().outputCount(arguments));
  }

  private Results submit(
      Callee callee,
      CallSettings settings,
      Binding binding,
      Layout outputs,
      @Nullable StackFrame site) {
    engine.backlog().enter();
    ForwardTask task;
    try {
      long sequence = engine.nextSequence(Math.max(1, outputs.size()));
      task = task(callee, settings, binding, outputs, sequence, site);
    } catch (Throwable failure) {
      engine.backlog().leave();
      throw failure;
    }
    task.submit();
    return task.results();
  }

  /** A call that has entered the backlog, and is not on its way yet. */
  ForwardTask task(
      Callee callee,
      CallSettings settings,
      Binding binding,
      Layout outputs,
      long sequence,
      @Nullable StackFrame site) {
    OperatorPlan plan = callee.plan();
    CallNode node = record(plan, binding, outputs, sequence);
    CallResults results = new CallResults(engine, plan, outputs, node, sequence);
    if (node != null && site != null) {
      node.noted().callSite(site);
    }
    return new ForwardTask(engine, callee, settings, binding, sequence, node, results, site);
  }

  private static @Nullable CallNode record(
      OperatorPlan plan, Binding binding, Layout outputs, long sequence) {
    Object next = binding.next();
    return next == null || !outputs.anyDifferentiable()
        ? null
        : new CallNode(sequence, plan, binding.layout(), next, binding.slots(), outputs.size());
  }

  private @Nullable StackFrame callSite(OperatorPlan plan) {
    boolean wanted = engine.configuration().callSites() || plan.weight() != Weight.CHEAP;
    return wanted ? CallSites.find() : null;
  }
}
