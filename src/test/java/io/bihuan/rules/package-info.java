/** The house rules as functions over texts: each gives its findings as {@code path:line: what is wrong}. */
@NullMarked
package io.bihuan.rules;

import org.jspecify.annotations.NullMarked;
