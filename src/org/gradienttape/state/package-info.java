/**
 * What a run has to remember so that it can go on later, to the last bit: {@link org.gradienttape.state.Memory} keeps it and
 * gives it back, {@link org.gradienttape.state.ObjectMemory} does so for objects of classes that know nothing of it, and
 * {@link org.gradienttape.state.RandomStream} is a source of random numbers that can be kept. Depends on error.
 */
package org.gradienttape.state;
