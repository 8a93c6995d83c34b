/**
 * Writes networks, losses and optimizers as TorchScript: the text that libtorch compiles, and the archive around it. Start
 * at {@link org.gradienttape.script.TrainingScript}. Pure text, no engine: what runs it stands in the package torch. Depends
 * on layer, loss, optimizer, data, model.
 */
package org.gradienttape.script;
