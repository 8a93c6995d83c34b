/**
 * Benchmarks: {@code ./gradienttape bench NAME} with mlp, gan, memory, gan-memory or gan-quality. Each is a main class of
 * its own that prints a table and leaves its last figures in bench/results. Those that compare let {@link
 * org.gradienttape.bench.Contestant}s train in turns, see {@link org.gradienttape.bench.Comparison}; programs of other
 * libraries are in bench/peers and run in processes of their own. Start at {@link org.gradienttape.bench.MlpBenchmark}.
 */
package org.gradienttape.bench;
