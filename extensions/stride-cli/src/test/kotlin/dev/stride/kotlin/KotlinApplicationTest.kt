package dev.stride.kotlin

import dev.stride.api.OperatorException
import dev.stride.api.Tensor
import dev.stride.api.Variable
import dev.stride.core.Stride
import kotlin.math.sqrt
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.data.Offset.offset
import org.junit.jupiter.api.Test

/** The public API as a Kotlin application uses it, without an artifact of its own. */
class KotlinApplicationTest {

    @Test
    fun readme_example_finds_the_gradient(): Unit = runBlocking {
        Stride.create().use { stride ->
            val x = stride.parameter("x", Tensor.of(1, 2, 3))
            val loss = (x * x + 1).sum()
            loss.adjoint().stage().await()
            println(x.grad()) // Tensor[3] float32 {2.0, 4.0, 6.0}

            assertThat(x.grad()).isEqualTo(Tensor.of(2, 4, 6))
            assertThat(loss.value().await()).isEqualTo(Tensor.scalar(17f))
        }
    }

    @Test
    fun operators_on_variables_read_like_arithmetic() {
        Stride.create().use { stride ->
            val x = stride.parameter(Tensor.of(4f, 9f))
            val y = stride.parameter(Tensor.of(2f, 3f))

            val z: Variable<Tensor> = -(x / y - y * 0.5 + x - 1).sqrt().sum()

            // x / y - y / 2 + x - 1 = [4, 9.5]
            assertThat(z.get().get()).isCloseTo(-(2.0 + sqrt(9.5)), offset(1e-5))
        }
    }

    @Test
    fun lambdas_come_last() {
        Stride.create().use { stride ->
            val speed = stride.parameter(Tensor.of(3f))
            val shots = listOf(1, 2, 3)

            val losses = stride.accumulate(shots, 2) { shot -> (speed * shot).sum() }.join()
            val free = stride.noGrad<Variable<Tensor>> { speed * 2 }

            assertThat(losses).containsExactly(Tensor.scalar(3f), Tensor.scalar(6f), Tensor.scalar(9f))
            assertThat(speed.grad()).isEqualTo(Tensor.of(6f))
            assertThat(free.needsGrad()).isFalse()
        }
    }

    @Test
    fun types_tell_what_can_be_null() {
        Stride.create().use { stride ->
            val x = stride.parameter(Tensor.of(1f))

            val before: Tensor? = x.grad()
            (x * x).sum().adjoint().join()
            val after: Tensor = x.grad() ?: error("no gradient")

            assertThat(before).isNull()
            assertThat(after).isEqualTo(Tensor.of(2f))
            assertThat(x.grad()?.shape()).isEqualTo(after.shape())
        }
    }

    @Test
    fun coroutines_build_graphs_at_the_same_time(): Unit = runBlocking {
        Stride.create().use { stride ->
            val x = stride.parameter(Tensor.of(1f, 2f))

            val values = (1..8).map { k -> async { (x * k).sum().value().await() } }.awaitAll()

            assertThat(values).isEqualTo((1..8).map { Tensor.scalar(3f * it) })
        }
    }

    @Test
    fun failures_arrive_in_the_coroutine(): Unit = runBlocking {
        Stride.create().use { stride ->
            val broken = stride.bind(Broken()).call(stride.parameter(Tensor.of(1f)))

            val failure = runCatching { broken.value().await() }.exceptionOrNull()

            assertThat(failure)
                .isInstanceOf(OperatorException::class.java)
                .hasMessageContaining("kotlin.broken")
                .hasRootCauseMessage("disk full")
        }
    }
}
