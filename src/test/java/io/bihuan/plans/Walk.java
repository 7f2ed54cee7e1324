package io.bihuan.plans;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.SignedIn;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.PathContainer;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Opens everything that can be opened: each route, with each of its parameters, and whatever the pages and answers link to. Of a route
 * it opens so many addresses only, each with other names or choices of parameters.
 */
final class Walk {
    /** Addresses of one route, and of those with the same names of parameters. */
    private static final int MOST = 90;

    private static final int ALIKE = 6;
    private static final Pattern NEXT = Pattern.compile("\"next(?:Cursor)?\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern IDS = Pattern.compile("\"(id|number)\"\\s*:\\s*\"([0-9a-f-]{14,36})\"");

    private final MockMvc browser;
    private final Map<String, String> samples;
    private final Set<String> closed;
    private final Map<PathPattern, HandlerMethod> routes = new LinkedHashMap<>();
    private final Map<String, Set<String>> seen = new HashMap<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();

    /** Values for the variables of paths, and routes that are not opened. */
    Walk(
            MockMvc browser,
            List<RequestMappingHandlerMapping> mappings,
            Map<String, String> samples,
            Set<String> closed) {
        this.browser = browser;
        this.samples = samples;
        this.closed = closed;
        for (RequestMappingHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods().forEach((route, method) -> {
                if (reads(route) && route.getPathPatternsCondition() != null) {
                    route.getPathPatternsCondition().getPatterns().forEach(pattern -> routes.put(pattern, method));
                }
            });
        }
    }

    private static boolean reads(RequestMappingInfo route) {
        Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
        return methods.contains(RequestMethod.GET);
    }

    /** Opens all as somebody of the staff, and the interface with the token; tells of each address. */
    void open(SignedIn who, String token, BiConsumer<String, Runnable> teller) {
        seen.clear();
        // First what pages link to, since that exists.
        routes.keySet().stream()
                .filter(pattern -> !pattern.getPatternString().contains("{"))
                .forEach(pattern -> offer(pattern.getPatternString()));
        drain(who, token, teller);
        routes.forEach((pattern, method) -> {
            String path = sample(pattern.getPatternString());
            if (path != null) {
                offer(path);
                parameters(method).forEach(parameter -> offer(path + "?" + parameter));
            }
        });
        drain(who, token, teller);
    }

    /** The best answer of each route that was opened. */
    Map<String, Integer> answers() {
        return answers;
    }

    /** The routes that nothing led to. */
    List<String> unopened() {
        return routes.keySet().stream()
                .map(PathPattern::getPatternString)
                .filter(route -> !answers.containsKey(route) && !closed.contains(route))
                .toList();
    }

    private void drain(SignedIn who, String token, BiConsumer<String, Runnable> teller) {
        while (!waiting.isEmpty()) {
            String address = waiting.removeFirst();
            teller.accept(address, () -> open(address, who, token));
        }
    }

    private void open(String address, SignedIn who, String token) {
        PathPattern route = route(address);
        if (route == null) {
            return;
        }
        try {
            var request = get(URI.create(address));
            boolean isApi = address.startsWith("/api/");
            if (isApi) {
                request.header("Authorization", "Bearer " + token);
            } else if (address.startsWith("/desk")) {
                request.with(DeskPeople.as(who));
            }
            MvcResult result = browser.perform(request).andReturn();
            if (result.getRequest().isAsyncStarted()) {
                result.getAsyncResult(20_000);
            }
            int status = result.getResponse().getStatus();
            answers.merge(route.getPatternString(), status, Math::min);
            String type = String.valueOf(result.getResponse().getContentType());
            String text = type.contains("html") || type.contains("json")
                    ? result.getResponse().getContentAsString(StandardCharsets.UTF_8)
                    : "";
            if (type.contains("html")) {
                follow(address, Jsoup.parse(text, "http://localhost" + address));
            } else if (isApi) {
                follow(address, route.getPatternString(), text);
            }
            String redirect = result.getResponse().getRedirectedUrl();
            if (redirect != null) {
                offer(redirect);
            }
        } catch (Exception e) {
            throw new IllegalStateException(address, e);
        }
    }

    private void follow(String address, Document page) {
        for (String attribute : List.of("href", "hx-get", "src")) {
            for (Element element : page.select("[" + attribute + "]")) {
                offer(relative(element.absUrl(attribute)));
            }
        }
        for (Element form : page.select("form:not([method=post])")) {
            String action = form.hasAttr("action") ? relative(form.absUrl("action")) : address;
            String path = action.replaceAll("[?#].*", "");
            String chosen = chosen(form);
            for (Element field : form.select("select[name]")) {
                field.select("option")
                        .forEach(option -> offer(path + "?" + pair(field.attr("name"), option.val()) + chosen));
            }
            for (Element field : form.select("input[type=checkbox][name], input[type=radio][name]")) {
                offer(path + "?" + pair(field.attr("name"), field.val()) + chosen);
            }
        }
    }

    /** The state that a list is in goes with each other choice. */
    private static String chosen(Element form) {
        return form
                .select("[name=state] option[selected], input[name=state][checked], input[name=state][type=hidden]")
                .stream()
                .map(Element::val)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> "&" + pair("state", value))
                .orElse("");
    }

    private void follow(String address, String route, String json) {
        Matcher next = NEXT.matcher(json);
        if (next.find()) {
            offer(address.replaceAll("\\?.*", "") + "?" + pair("cursor", next.group(1)));
        }
        Matcher ids = IDS.matcher(json);
        while (ids.find()) {
            for (PathPattern deeper : routes.keySet()) {
                String pattern = deeper.getPatternString();
                if (pattern.startsWith(route + "/{" + ids.group(1) + "}")) {
                    String path = sample(pattern.replace("{" + ids.group(1) + "}", ids.group(2)));
                    if (path != null) {
                        offer(path);
                    }
                }
            }
        }
    }

    private void offer(String address) {
        if (!address.startsWith("/")) {
            return;
        }
        PathPattern route = route(address);
        if (route == null || closed.contains(route.getPatternString())) {
            return;
        }
        Set<String> kinds = seen.computeIfAbsent(route.getPatternString(), key -> new HashSet<>());
        Map<String, String> kind = kind(address);
        String names = kind.keySet().toString();
        long alike = kinds.stream().filter(each -> each.startsWith(names)).count();
        String path = address.replaceAll("[?#].*", "");
        if (kinds.size() < MOST
                && alike < (kind.isEmpty() ? ALIKE / 2 : ALIKE)
                && kinds.add(names + kind.values() + path)) {
            waiting.add(address.replaceAll("#.*", ""));
        }
    }

    /** Names of parameters, and what is chosen for those that have few choices. */
    private static Map<String, String> kind(String address) {
        int mark = address.indexOf('?');
        var kind = new TreeMap<String, String>();
        if (mark >= 0) {
            for (String pair : address.substring(mark + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
                if (!value.isEmpty() && !parts[0].equals("lang") && !parts[0].equals("theme")) {
                    kind.put(parts[0], value.matches("[A-Z][A-Z_]+|true|false") ? value : "…");
                }
            }
        }
        return kind;
    }

    private @Nullable PathPattern route(String address) {
        var path = PathContainer.parsePath(address.replaceAll("[?#].*", ""));
        return routes.keySet().stream()
                .filter(pattern -> pattern.matches(path))
                .min(PathPattern.SPECIFICITY_COMPARATOR)
                .orElse(null);
    }

    private @Nullable String sample(String pattern) {
        Matcher variable = Pattern.compile("\\{(\\*?[a-zA-Z0-9]+)[^}]*}").matcher(pattern);
        var path = new StringBuilder();
        while (variable.find()) {
            String value = samples.getOrDefault(pattern.substring(0, variable.end()), samples.get(variable.group(1)));
            if (value == null) {
                return null;
            }
            variable.appendReplacement(path, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(path).toString().replace("**", "x");
    }

    private List<String> parameters(HandlerMethod method) {
        var parameters = new ArrayList<String>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new org.springframework.core.DefaultParameterNameDiscoverer());
            String name = String.valueOf(parameter.getParameterName());
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                parameters.addAll(values(name, parameter.getParameterType()));
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class)
                    && parameter.getParameterType().isRecord()) {
                for (RecordComponent component : parameter.getParameterType().getRecordComponents()) {
                    parameters.addAll(values(component.getName(), component.getType()));
                }
            }
        }
        return parameters;
    }

    private List<String> values(String name, Class<?> type) {
        if (type.isEnum()) {
            return List.of(type.getEnumConstants()).stream()
                    .map(constant -> pair(name, ((Enum<?>) constant).name()))
                    .toList();
        }
        if (type == boolean.class || type == Boolean.class) {
            return List.of(pair(name, "true"));
        }
        if (type == int.class || type == Integer.class || type == long.class) {
            return List.of(pair(name, "3"));
        }
        if (type == UUID.class) {
            return List.of(pair(name, new UUID(7, 7).toString()));
        }
        String sample = type == String.class ? samples.get("?" + name) : null;
        return sample == null ? List.of() : List.of(pair(name, sample));
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String relative(String url) {
        return url.startsWith("http://localhost/") ? url.substring("http://localhost".length()) : "";
    }
}
