package io.bihuan.routing;

import io.bihuan.pack.PackNode;
import io.bihuan.pack.PackPart;
import org.springframework.stereotype.Component;

/** Reads the part {@code routing} of a pack; versions that were stored before there was one do without. */
@Component
class RoutingRulesPart implements PackPart<RoutingRules> {
    @Override
    public String name() {
        return "routing";
    }

    @Override
    public Class<RoutingRules> type() {
        return RoutingRules.class;
    }

    @Override
    public RoutingRules read(PackNode node) {
        return RoutingRules.read(node);
    }

    @Override
    public boolean required() {
        return false;
    }
}
