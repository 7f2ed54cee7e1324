package io.bihuan.web;

import java.util.Optional;

/** A state of the system that every member of staff should know while it lasts; a bean of the module that knows. Asked for every page: must be cheap. */
public interface Bulletin {
    Optional<Notice> current();
}
