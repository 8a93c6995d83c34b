/**
 * Benchmarks: {@code ./gradienttape bench mlp} and {@code ./gradienttape bench memory}. Each is a main class of its own
 * that prints a table and leaves its last figures in bench/results. Start at {@link
 * org.gradienttape.bench.MlpBenchmark}.
 */
package org.gradienttape.bench;
