/** The rules of the architecture, checked on the class files of the plug-in and of the host. */
package org.gradienttape.rules;
