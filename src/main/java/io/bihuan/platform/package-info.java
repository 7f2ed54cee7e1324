/** What every capability stands on: database, ids, time, files, search engine, followers. */
@ApplicationModule(
        displayName = "Platform",
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
@NullMarked
package io.bihuan.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
