/**
 * Java code that a user writes in a node: compiled in memory when the node is executed, with the step API and the JDK
 * alone on its class path, and loaded into a class loader of its own. Start at {@link
 * org.gradienttape.code.CodeCompiler}. The only package that uses the Eclipse compiler. No tensors.
 */
package org.gradienttape.code;
