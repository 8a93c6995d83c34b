package org.gradienttape.nodes.pages;

import java.util.List;

/**
 * Settings under one heading.
 *
 * @param title    the heading; empty if the dialog has no sections
 * @param advanced whether the section is folded away at first
 * @param shown    whether the settings leave it visible
 */
record DialogSection(String title, boolean advanced, boolean shown, List<DialogSetting> settings) {}
