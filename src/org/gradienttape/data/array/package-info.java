/**
 * Files that hold arrays, IDX and NPZ, read strictly. Start at {@link org.gradienttape.data.array.ArraySamples}.
 */
package org.gradienttape.data.array;
