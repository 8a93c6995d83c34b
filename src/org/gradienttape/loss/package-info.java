/** Descriptions of losses; what they compute stands in the package torch. Depends on the JDK only. */
package org.gradienttape.loss;
