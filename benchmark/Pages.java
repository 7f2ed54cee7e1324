package benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The pages that people and programs open most, each with its bound. */
final class Pages {
    /** Who opens it. */
    enum Reader {
        LEAD,
        AGENT,
        PROGRAM
    }

    /** A page; the bounds are milliseconds, infinite where there is none. */
    record Page(String name, Reader reader, double median, double p95, Supplier<String> path) {}

    static final double SLOWEST_LIST = 50;
    static final double SLOWEST_PAGE = 10;
    static final double SLOWEST_HEAVY_PAGE = 20;
    /** Of figures over some time, which nobody waits for in the middle of a case. */
    static final double SLOWEST_BOARD = 100;

    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final int FAR = 200;
    private static final String WORKLIST = "/desk/complaints";
    private static final String API = "/api/v1/complaints";
    private static final List<String> STATES = List.of("OPEN", "ARCHIVED", "ALL");

    /** Of the worklist beside its forms: the own ones, and those that are late. */
    private static final Map<String, List<String>> LINKS = Map.of("mine", List.of("owner", "handler"));

    /** What leads and agents have in their lists in one go. */
    private static final List<List<String>> COMBINATIONS = List.of(
            List.of("OPEN", "department", "severity"),
            List.of("OPEN", "department", "stage"),
            List.of("OPEN", "channel", "category"),
            List.of("OPEN", "kind", "priority"),
            List.of("OPEN", "mine", "stage"),
            List.of("ARCHIVED", "department", "category"),
            List.of("ALL", "channel", "severity"),
            List.of("ALL", "category", "severity", "kind"));

    private static final List<String> TABS = List.of(
            "investigation",
            "evidence",
            "tasks",
            "team",
            "discussion",
            "thread",
            "messages",
            "routing",
            "solution",
            "compensation",
            "macros",
            "dossier");

    /** Lists beside the worklist that somebody keeps open or looks through. */
    private static final List<String> LISTS = List.of(
            "unconfirmed",
            "hand-overs",
            "tasks",
            "notices",
            "escalations",
            "approvals",
            "measures",
            "screening",
            "channels",
            "calls",
            "chats",
            "calls-to-make",
            "messages-out",
            "opt-outs",
            "regulator-cases",
            "posts",
            "bulk",
            "views",
            "macros",
            "imports",
            "vouchers",
            "payouts",
            "budgets",
            "staff/absences");

    private static final List<String> BOARDS =
            List.of("clocks/statistics", "compensation", "calls/figures", "calls/staffing", "messages-out/figures");

    private final List<Page> pages = new ArrayList<>();
    private final Ground ground;
    private final Connection lead;
    private final Connection agent;
    private final Connection api;

    Pages(Ground ground, Connection lead, Connection agent, Connection api) {
        this.ground = ground;
        this.lead = lead;
        this.agent = agent;
        this.api = api;
    }

    List<Page> all(Application application) throws Exception {
        worklist();
        complaint(application);
        customers(application);
        search();
        boards();
        api();
        return List.copyOf(pages);
    }

    /** Those of single complaints. */
    List<Page> cases(Application application) throws Exception {
        complaint(application);
        return List.copyOf(pages);
    }

    private void page(String name, Reader reader, double median, double p95, Supplier<String> path) {
        pages.add(new Page(name, reader, median, p95, path));
    }

    private void list(String name, Reader reader, Supplier<String> path) {
        page(name, reader, ANY, SLOWEST_LIST, path);
    }

    private void list(String name, Reader reader, String path) {
        list(name, reader, () -> path);
    }

    private void worklist() throws IOException {
        Map<String, List<String>> filters = new LinkedHashMap<>(Ground.filters(lead, WORKLIST));
        filters.putAll(LINKS);
        for (String state : STATES) {
            String path = WORKLIST + "?state=" + state;
            String name = "worklist " + state;
            list(name, Reader.AGENT, path);
            list(name + ", page 2", Reader.LEAD, Ground.page(lead, path, 2));
            list(name + ", page " + FAR, Reader.LEAD, Ground.page(lead, path, FAR));
            filters.forEach((filter, values) ->
                    list(name + ", by " + filter, reader(filter), filtered(path, Map.of(filter, Ground.each(values)))));
            list(name + ", overdue", Reader.LEAD, path + "&overdue=true");
            list(name + ", own and overdue", Reader.AGENT, path + "&mine=owner&overdue=true");
        }
        for (List<String> combination : COMBINATIONS) {
            List<String> names = combination.subList(1, combination.size());
            var values = new LinkedHashMap<String, Supplier<String>>();
            for (int each = 0; each < names.size(); each++) {
                // Another step for each, else the first of one would always meet the first of the other.
                values.put(names.get(each), every(filters.get(names.get(each)), each + 1));
            }
            list(
                    "worklist " + combination.getFirst() + ", by " + String.join(" and ", names),
                    reader(names.getFirst()),
                    filtered(WORKLIST + "?state=" + combination.getFirst(), values));
        }
    }

    /** Only somebody who works on cases has own ones. */
    private static Reader reader(String filter) {
        return LINKS.containsKey(filter) ? Reader.AGENT : Reader.LEAD;
    }

    /** Stays at each value for that many requests. */
    private static Supplier<String> every(List<String> values, int step) {
        return Ground.each(values.stream()
                .flatMap(value -> Collections.nCopies(step, value).stream())
                .toList());
    }

    private static Supplier<String> filtered(String path, Map<String, Supplier<String>> values) {
        return () -> path
                + values.entrySet().stream()
                        .map(each -> "&" + each.getKey() + "="
                                + Ground.encoded(each.getValue().get()))
                        .collect(Collectors.joining());
    }

    private void complaint(Application application) throws Exception {
        Supplier<String> number = Ground.each(ground.numbers);
        Supplier<String> open = Ground.each(ground.open);
        String heavy = WORKLIST + "/" + Ground.heavy(application);
        page("complaint, 12 events", Reader.LEAD, SLOWEST_PAGE, ANY, () -> WORKLIST + "/" + number.get());
        page("complaint, open", Reader.LEAD, SLOWEST_PAGE, ANY, () -> WORKLIST + "/" + open.get());
        page(
                "complaint, all of %d events and %d files".formatted(Ground.HEAVY_EVENTS, Ground.HEAVY_FILES),
                Reader.LEAD,
                SLOWEST_HEAVY_PAGE,
                ANY,
                () -> heavy + "?events=all");
        for (String tab : TABS) {
            page("complaint, " + tab, Reader.LEAD, SLOWEST_PAGE, ANY, () -> WORKLIST + "/" + open.get() + "/" + tab);
        }
        page(
                "complaint of %d events, thread".formatted(Ground.HEAVY_EVENTS),
                Reader.LEAD,
                SLOWEST_HEAVY_PAGE,
                ANY,
                () -> heavy + "/thread");
    }

    private void customers(Application application) throws Exception {
        Supplier<String> name = Ground.each(ground.names);
        list("customers by name", Reader.LEAD, () -> "/desk/customers?q=" + Ground.encoded(name.get()));
        list("customers by the first digits of a phone", Reader.LEAD, "/desk/customers?q=1381234");
        Optional<String> busiest = Ground.busiest(application, lead);
        if (busiest.isPresent()) {
            page("customer with the most complaints", Reader.LEAD, SLOWEST_PAGE, ANY, busiest::get);
            list("customer with the most complaints, last page", Reader.LEAD, Ground.page(lead, busiest.get(), FAR));
        }
    }

    private void search() {
        for (int characters : List.of(2, 4, 8)) {
            search(characters + " characters, common", ground.common(characters));
            search(characters + " characters, rare", ground.rare(characters));
        }
        Supplier<String> number = Ground.each(ground.numbers);
        list("search by number", Reader.LEAD, () -> WORKLIST + "?q=" + number.get());
        Supplier<String> own = ground.common(4);
        list("search, own", Reader.AGENT, () -> WORKLIST + "?mine=owner&q=" + Ground.encoded(own.get()));
    }

    private void search(String name, Supplier<String> words) {
        Supplier<String> query = () -> Ground.encoded(words.get());
        list("search, " + name, Reader.LEAD, () -> WORKLIST + "?q=" + query.get());
        list(
                "search, " + name + ", open and urgent",
                Reader.LEAD,
                () -> WORKLIST + "?state=OPEN&severity=URGENT&q=" + query.get());
        list(
                "search, " + name + ", archived, by channel and kind",
                Reader.LEAD,
                () -> WORKLIST + "?state=ARCHIVED&channel=HOTLINE&kind=COMPLAINT&q=" + query.get());
        list("API search, " + name, Reader.PROGRAM, () -> API + "?query=" + query.get());
    }

    private void boards() throws IOException {
        list("due", Reader.LEAD, "/desk/due");
        list("due, own", Reader.AGENT, "/desk/due");
        list("due, page " + FAR, Reader.LEAD, Ground.page(lead, "/desk/due", FAR));
        Map<String, List<String>> filters = new LinkedHashMap<>(Ground.filters(lead, "/desk/due"));
        filters.put("when", List.of("OVERDUE", "HOUR", "TODAY", "TOMORROW", "WEEK", "LATER"));
        filters.forEach((filter, values) ->
                list("due, by " + filter, Reader.LEAD, filtered("/desk/due?", Map.of(filter, Ground.each(values)))));
        list("unconfirmed, page " + FAR, Reader.LEAD, Ground.page(lead, "/desk/unconfirmed", FAR));
        list("notices of an agent", Reader.AGENT, "/desk/notices");
        list("notices of an agent, page " + FAR, Reader.AGENT, Ground.page(agent, "/desk/notices", FAR));
        list("tasks of an agent", Reader.AGENT, "/desk/tasks");
        for (String list : LISTS) {
            list(list, Reader.LEAD, "/desk/" + list);
        }
        for (String board : BOARDS) {
            page(board, Reader.LEAD, SLOWEST_BOARD, ANY, () -> "/desk/" + board);
        }
        page(
                "clocks/statistics, by department",
                Reader.LEAD,
                SLOWEST_BOARD,
                ANY,
                () -> "/desk/clocks/statistics?by=DEPARTMENT&kind=COMPLAINT");
    }

    private void api() throws IOException {
        Supplier<String> number = Ground.each(ground.numbers);
        Supplier<String> open = Ground.each(ground.open);
        String customer = "/api/v1/customers/benchmark";
        Connection.Answer put = api.put(
                customer,
                "{\"name\": \"张三丰\", \"phones\": [\"13812345678\"]}",
                Application.BEARER,
                "Content-Type: application/json");
        if (put.status() / 100 != 2) {
            throw new IllegalStateException(customer + ": " + put.status() + " " + put.text());
        }
        list("API list, open", Reader.PROGRAM, API + "?state=OPEN");
        list("API list, all", Reader.PROGRAM, API + "?state=ALL");
        list("API list, all, page " + FAR, Reader.PROGRAM, Ground.apiPage(api, API + "?state=ALL", FAR));
        list("API list, 200 at once", Reader.PROGRAM, API + "?state=ARCHIVED&limit=200");
        page("API complaint", Reader.PROGRAM, SLOWEST_PAGE, ANY, () -> API + "/" + number.get());
        page("API history", Reader.PROGRAM, SLOWEST_PAGE, ANY, () -> API + "/" + number.get() + "/history");
        page("API clocks", Reader.PROGRAM, SLOWEST_PAGE, ANY, () -> API + "/" + open.get() + "/clocks");
        page("API similar", Reader.PROGRAM, ANY, 2 * SLOWEST_LIST, () -> API + "/" + open.get() + "/similar");
        page("API customer", Reader.PROGRAM, SLOWEST_PAGE, ANY, () -> customer);
    }
}
