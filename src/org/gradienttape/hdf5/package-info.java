/**
 * Files in the format HDF5: groups, and arrays of floating-point numbers in them. Start at
 * {@link org.gradienttape.hdf5.Hdf5File}. Knows the library jHDF and no networks; depends on error.
 */
package org.gradienttape.hdf5;
