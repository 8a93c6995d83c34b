/**
 * A network with its weights and where they come from, and its file: a zip of model.json and weights.safetensors. Start
 * at
 * {@link org.gradienttape.model.ModelFile}. Depends on layer, json, data (sentences about files).
 */
package org.gradienttape.model;
