/**
 * What the views of the nodes share: their pages, and the numbers that the pages draw. Start at {@link
 * org.gradienttape.nodes.view.ViewPage}; the pages themselves are in the folder pages of the plug-in.
 */
package org.gradienttape.nodes.view;
