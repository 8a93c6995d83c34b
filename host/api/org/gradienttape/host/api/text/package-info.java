/** Sentences for people that quote what may be of any length. Start at {@link org.gradienttape.host.api.text.Sentence}. */
package org.gradienttape.host.api.text;
