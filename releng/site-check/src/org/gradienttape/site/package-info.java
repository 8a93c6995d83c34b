/** The update site as it is installed from: by Eclipse's own p2 director, into folders of the test. */
package org.gradienttape.site;
