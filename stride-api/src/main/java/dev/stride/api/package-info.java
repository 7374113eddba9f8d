/**
 * The contracts of Stride: what users and authors of operators write against.
 *
 * <p>Users start at {@link dev.stride.api.Engine} and {@link dev.stride.api.Variable}, authors of
 * operators at {@link dev.stride.api.BlockingOperator}.
 *
 * <p><b>Memory.</b> What a thread does before it calls an operator or starts a run happens before
 * the operators of that call or run. A forward happens before everything that sees its outputs: the
 * forwards and adjoints that get them, completions of their stages, and {@link
 * dev.stride.api.Variable#get()}. An adjoint happens before those that it feeds, and all of a run,
 * gradients in the leaves included, before completions of its stage and {@link
 * dev.stride.api.Run#join()}. A gradient that is read at any other time is whole: of some runs,
 * with what each of them adds to that leaf or without it.
 */
@NullMarked
package dev.stride.api;

import org.jspecify.annotations.NullMarked;
