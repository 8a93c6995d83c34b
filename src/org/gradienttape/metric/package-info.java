/**
 * Metrics with Keras' life cycle update, result, reset. They compute on the JVM in double precision. Depends on the JDK
 * only.
 */
package org.gradienttape.metric;
