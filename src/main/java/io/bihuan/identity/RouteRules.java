package io.bihuan.identity;

import java.util.List;

/** The routes of a module and who may use them, a bean of that module; what no module names is nobody's. */
public interface RouteRules {
    List<Route> routes();
}
