/** Numbers that name a car, a person, a company, a card or a line: how they are written and what can be checked of them. */
@ApplicationModule(
        displayName = "Identifier",
        allowedDependencies = {})
@NullMarked
package io.bihuan.identifier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
