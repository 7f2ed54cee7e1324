package io.bihuan.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Spring's mapping asks every pattern that has a variable about every path, which with our hundreds of routes took longer than a
 * query; here those that cannot fit are not asked.
 */
final class QuickMapping extends RequestMappingHandlerMapping {
    private static final ScopedValue<List<String>> PATH = ScopedValue.newInstance();

    private final Map<RequestMappingInfo, List<PathShape>> shapes = new ConcurrentHashMap<>();

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        return PathShape.isComparable(path)
                ? ScopedValue.where(PATH, PathShape.segments(path)).call(() -> super.lookupHandlerMethod(path, request))
                : super.lookupHandlerMethod(path, request);
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo info, HttpServletRequest request) {
        if (PATH.isBound()) {
            List<String> path = PATH.get();
            if (shapes(info).stream().noneMatch(shape -> shape.mayFit(path))) {
                return null;
            }
        }
        return super.getMatchingMapping(info, request);
    }

    private List<PathShape> shapes(RequestMappingInfo info) {
        return shapes.computeIfAbsent(
                info,
                each -> each.getPatternValues().stream().map(PathShape::of).toList());
    }
}
