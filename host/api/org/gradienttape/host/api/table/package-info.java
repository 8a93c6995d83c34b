/**
 * What is computed while a table is filled. Start at {@link org.gradienttape.host.api.table.TableDomains}.
 */
package org.gradienttape.host.api.table;
