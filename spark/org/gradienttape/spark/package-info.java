/**
 * The driver of a run on Spark, and the task of its workers; compiled once for Spark 3.5 and 4.0, with Scala 2.12 and 2.13, so
 * it touches of Scala only what both have. What is computed is said in org.gradienttape.cluster.
 */
package org.gradienttape.spark;
