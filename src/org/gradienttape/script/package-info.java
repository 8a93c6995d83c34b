/**
 * Writes networks as TorchScript: the text that libtorch compiles, and the archive around it. Start at
 * {@link org.gradienttape.script.PredictionScript}. Pure text, no engine: what runs it stands in the package torch. Depends
 * on layer, model.
 */
package org.gradienttape.script;
