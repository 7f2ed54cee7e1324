package io.bihuan.web;

import org.jspecify.annotations.Nullable;

/** Tells the frame of a page who looks at it; the identity module knows. */
public interface Viewers {
    /** Whoever is signed in on the current request; null for a visitor. */
    @Nullable
    Viewer current();
}
