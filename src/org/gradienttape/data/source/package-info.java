/**
 * What datasets are made from: where samples come from, how they are divided and copied, and what a person asks for. Start
 * at {@link org.gradienttape.data.source.DatasetSource}; readers of each kind of file are beside this package.
 */
package org.gradienttape.data.source;
