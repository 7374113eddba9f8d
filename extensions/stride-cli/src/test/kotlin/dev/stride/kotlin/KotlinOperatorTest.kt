package dev.stride.kotlin

import dev.stride.api.AdjointCall
import dev.stride.api.BlockingOperator
import dev.stride.api.ForwardCall
import dev.stride.api.Gradients
import dev.stride.api.Operator
import dev.stride.api.Outputs
import dev.stride.api.Signature
import dev.stride.api.Tensor
import dev.stride.api.spi.OperatorPack
import dev.stride.api.spi.OperatorRegistrar
import dev.stride.api.spi.Sample
import dev.stride.core.Stride
import dev.stride.testkit.OperatorContract
import java.util.stream.Stream
import kotlin.math.exp
import kotlin.math.ln
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** A pack, an operator and its test, as an author writes them in Kotlin. */
class KotlinOperatorTest : OperatorContract() {

    override fun operator(): Operator<Tensor> = Softplus()

    override fun samples(): Stream<Sample> =
        Stream.of(Sample.of(Tensor.random(4, 7)), Sample.of(Tensor.of(-4.0, 0.0, 4.0)))

    @Test
    fun pack_brings_the_operator() {
        Stride.builder().pack(KotlinPack()).build().use { stride ->
            val x = stride.parameter(Tensor.of(0f))

            stride.operator("kotlin.softplus").call(x).sum().adjoint().join()

            assertThat(x.grad()).isEqualTo(Tensor.of(0.5f))
        }
    }
}

internal class KotlinPack : OperatorPack {
    override fun id() = "kotlin.test"

    override fun register(registrar: OperatorRegistrar) {
        registrar.operator(::Softplus).samples { listOf(Sample.of(Tensor.random(3))) }
    }
}

internal class Softplus : BlockingOperator<Tensor> {
    override fun signature(): Signature = Signature.named("kotlin.softplus").input("x").output("y").build()

    override fun forward(call: ForwardCall): Outputs = Outputs.of(call.tensor("x").map { ln(1 + exp(it)) })

    override fun adjoint(call: AdjointCall): Gradients =
        Gradients.of(call.cotangent().times(call.tensor("x").map { 1 / (1 + exp(-it)) }))
}

/** Throws a checked exception, which Kotlin does not declare. */
internal class Broken : BlockingOperator<Tensor> {
    override fun signature(): Signature = Signature.named("kotlin.broken").input("x").output("y").build()

    override fun forward(call: ForwardCall): Outputs = throw java.io.IOException("disk full")

    override fun adjoint(call: AdjointCall): Gradients = throw java.io.IOException("disk full")
}
