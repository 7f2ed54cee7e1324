package io.bihuan.statute;

import io.bihuan.pack.Source;
import org.jspecify.annotations.Nullable;

/**
 * The law behind one number.
 *
 * @param article null while nobody has looked it up
 * @param confirmed false where number or article have not been checked against the law's own text
 */
public record Basis(Source law, @Nullable String article, boolean confirmed) {}
