/** Messages of nodes to the person at the workflow. */
package org.knime.core.node.message;
