/** The page of a node's view; KNIME exports this package as internal, and every node with a view needs it. */
package org.knime.core.webui.page;
