package org.knime.node.parameters;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Hides a field or section of the dialog until the person asks for advanced settings. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Advanced {}
