package org.knime.core.node.config.base;

/** The types of an entry, named as in the XML file. */
public enum ConfigEntries {
    config,
    xstring,
    xint,
    xdouble,
    xlong,
    xfloat,
    xboolean,
    xchar,
    xbyte,
    xshort,
    xtransientstring,
    xpassword
}
