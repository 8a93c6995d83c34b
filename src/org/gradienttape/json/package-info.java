/**
 * Strict reading of JSON: every field once, known and of its type. The files of the packages data and model are read
 * with it. Depends on error and Gson.
 */
package org.gradienttape.json;
