/**
 * How a parameter is stored.
 */
package org.knime.node.parameters.persistence;
