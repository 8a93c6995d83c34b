/**
 * Files of a model for other programs: {@link org.gradienttape.export.OnnxFile} and
 * {@link org.gradienttape.export.TorchScriptFile}. Both are written from one graph, that of the network's call in inference,
 * {@code TracedModel}, and so compute what the network computes here.
 *
 * <p>{@code OnnxExpression} says each operation in ONNX, as TorchExpression of the package graph does in TorchScript.
 * Depends on layer, tensor, graph, model, script; knows the classes of ONNX' format, which are Tribuo's, and no engine.
 */
package org.gradienttape.export;
