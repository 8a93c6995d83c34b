/**
 * Models as Keras 3 writes them: .keras, a zip with the network as JSON and the weights as HDF5, and .weights.h5, the weights
 * alone. Start at {@link org.gradienttape.keras.KerasFile}. Runs no code of a file. Depends on hdf5, model, layer, json.
 */
package org.gradienttape.keras;
