/**
 * What all nodes share: {@link org.gradienttape.nodes.EngineCall} turns the engine's exceptions into KNIME's,
 * {@link org.gradienttape.nodes.LocalPath} resolves the paths that people type, and parameters of several nodes. The nodes live in
 * the packages below, one each; no node depends on another.
 */
package org.gradienttape.nodes;
