/** Full-text search that finds every piece of Chinese text, on a Lucene index that heals itself. */
@org.jspecify.annotations.NullMarked
package io.bihuan.platform.search;
