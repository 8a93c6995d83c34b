/**
 * Java code that a user writes in a node, for steps, layers, losses and metrics: compiled in memory when the node is executed, checked by its byte
 * code against a list of what it may use, and loaded into a class loader of its own. Start at {@link
 * org.gradienttape.code.CodeCompiler}. The only package that uses the Eclipse compiler. Looks at tensors only to
 * see what layers do, in {@link org.gradienttape.code.NetworkBuilder}.
 */
package org.gradienttape.code;
