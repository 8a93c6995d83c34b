/**
 * Java code that a user writes in a node: compiled in memory when the node is executed, checked by its byte
 * code against a list of what it may use, and loaded into a class loader of its own. Start at {@link
 * org.gradienttape.code.CodeCompiler}. The only package that uses the Eclipse compiler. No tensors.
 */
package org.gradienttape.code;
