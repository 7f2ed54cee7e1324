/** What is paid or given: catalogue, limits, budgets, the ledger, vouchers, payouts. */
@ApplicationModule(
        displayName = "Compensation",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "calendar",
            "clock",
            "message",
            "standard",
            "complaint",
            "triage",
            "correspondence",
            "investigation"
        })
@NullMarked
package io.bihuan.compensation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
