package com.acme.filters

import dev.stride.api.AdjointCall
import dev.stride.api.BlockingOperator
import dev.stride.api.ForwardCall
import dev.stride.api.Gradients
import dev.stride.api.Outputs
import dev.stride.api.Signature
import dev.stride.api.Tensor
import kotlin.math.exp

/** `y = exp(-x * x / 2)`, element by element. Saves `y` for the adjoint. */
class Bell : BlockingOperator<Tensor> {
    override fun signature(): Signature = Signature.named("acme.bell").input("x").output("y").build()

    override fun forward(call: ForwardCall): Outputs {
        val y = call.tensor("x").map { exp(-it * it / 2) }
        return Outputs.of(y).saving(y)
    }

    override fun adjoint(call: AdjointCall): Gradients {
        val slope = call.tensor("x").times(call.saved(Tensor::class.java)).times(-1.0)
        return Gradients.of(call.cotangent().times(slope))
    }
}
