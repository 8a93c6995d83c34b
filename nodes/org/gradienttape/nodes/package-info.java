/**
 * What all nodes share: {@link org.gradienttape.nodes.EngineCall} turns the engine's exceptions into KNIME's, and
 * {@link org.gradienttape.nodes.LocalPath} reads the paths that people type. The nodes live in the packages below, one
 * each; no node depends on another.
 */
package org.gradienttape.nodes;
