/**
 * TorchScript's archive: the code of a module as text, with the tensors that it owns. Start at
 * {@link org.gradienttape.script.ScriptModule}. What the code says is written in the packages graph and export; what runs it
 * stands in the package torch. Depends on layer.
 */
package org.gradienttape.script;
