/** What every page shares: layout, parts, texts, errors. */
@ApplicationModule(
        displayName = "Web",
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {"platform"})
@NullMarked
package io.bihuan.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
