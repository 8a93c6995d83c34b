/**
 * Gives every reader files that were damaged at random, and looks that each is read or refused in one sentence, in time and in
 * little memory. Start at {@link org.gradienttape.fuzz.Fuzz}.
 */
package org.gradienttape.fuzz;
