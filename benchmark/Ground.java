package benchmark;

import io.bihuan.complaint.Stories;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What there is to be read in a filled folder: numbers, words, choices of filters, addresses of later pages. */
final class Ground {
    static final int HEAVY_EVENTS = 500;
    static final int HEAVY_FILES = 60;
    private static final int SAMPLED = 1_000;
    private static final Pattern NEXT = Pattern.compile("href=\"([^\"#]+)(?:#[^\"]*)?\" rel=\"next\"");
    private static final Pattern SELECT = Pattern.compile("(?s)<select[^>]* name=\"(\\w+)\"(.*?)</select>");
    private static final Pattern OPTION = Pattern.compile("<option value=\"([^\"]+)\"");
    private static final Pattern CUSTOMER = Pattern.compile("/desk/customers/[0-9a-f-]{36}");
    private static final Pattern HASH = Pattern.compile("\"sha256\":\"([0-9a-f]{64})\"");
    private static final Pattern PIECE = Pattern.compile("\\p{IsHan}+");

    /** Complaints with a history of average length, and some of those that are open. */
    final List<String> numbers;

    final List<String> open;
    final List<String> names = new ArrayList<>();
    private final Map<Integer, List<String>> common = new HashMap<>();
    private final Map<Integer, List<String>> rare = new HashMap<>();

    Ground(Application application) throws Exception {
        try (Connection database = application.database();
                var api = new benchmark.Connection(application.port())) {
            List<String> average = words(
                    database,
                    "select number from complaint.complaint where version between 11 and 13 order by md5(number) limit "
                            + SAMPLED);
            numbers = average.isEmpty()
                    ? words(database, "select number from complaint.complaint order by md5(number) limit " + SAMPLED)
                    : average;
            open = words(
                    database,
                    "select number from complaint.complaint where archived_at is null and joined_to is null"
                            + " order by md5(number) limit " + 2 * SAMPLED);
            sample(api);
        }
    }

    /** The pieces of text that many of the sampled complaints have, and those that one of them has. */
    private void sample(benchmark.Connection api) throws IOException {
        var found = new LinkedHashMap<String, Integer>();
        for (String number : numbers) {
            JsonNode complaint = JsonMapper.shared()
                    .readTree(api.get("/api/v1/complaints/" + number, Application.BEARER)
                            .body());
            names.add(complaint.at("/customer/name").asString(""));
            pieces(complaint.at("/content").asString("")).forEach(piece -> found.merge(piece, 1, Integer::sum));
        }
        names.removeIf(String::isBlank);
        for (int characters : List.of(2, 4, 8)) {
            List<String> pieces = found.keySet().stream()
                    .filter(piece -> piece.length() == characters)
                    .toList();
            common.put(
                    characters,
                    pieces.stream()
                            .sorted((one, other) -> Integer.compare(found.get(other), found.get(one)))
                            .limit(50)
                            .toList());
            rare.put(
                    characters,
                    pieces.stream().filter(piece -> found.get(piece) == 1).toList());
        }
    }

    private static Set<String> pieces(String text) {
        var pieces = new HashSet<String>();
        for (Matcher run = PIECE.matcher(text); run.find(); ) {
            for (int characters : List.of(2, 4, 8)) {
                for (int from = 0; from + characters <= run.group().length(); from++) {
                    pieces.add(run.group().substring(from, from + characters));
                }
            }
        }
        return pieces;
    }

    Supplier<String> common(int characters) {
        return each(common.getOrDefault(characters, List.of()));
    }

    /** One of the sample has it: about one complaint in a thousand, or less. */
    Supplier<String> rare(int characters) {
        return each(rare.getOrDefault(characters, List.of()));
    }

    /** One after the other, again and again: every one is met by as many requests. */
    static Supplier<String> each(List<String> all) {
        if (all.isEmpty()) {
            throw new IllegalStateException("nothing to choose from");
        }
        var next = new AtomicInteger();
        return () -> all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The filters of a page and what each may be set to, as its form offers it. */
    static Map<String, List<String>> filters(benchmark.Connection desk, String path) throws IOException {
        var filters = new LinkedHashMap<String, List<String>>();
        for (Matcher select = SELECT.matcher(desk.get(path).text()); select.find(); ) {
            List<String> options = OPTION.matcher(select.group(2))
                    .results()
                    .map(option -> option.group(1))
                    .toList();
            if (!options.isEmpty()) {
                filters.put(select.group(1), options);
            }
        }
        return filters;
    }

    /** The address of a page of a list, reached by following its links; of the last one when there are not so many. */
    static String page(benchmark.Connection desk, String first, int page) throws IOException {
        String path = first;
        for (int at = 1; at < page; at++) {
            Matcher next = NEXT.matcher(desk.get(path).text());
            if (!next.find()) {
                return path;
            }
            path = next.group(1).replace("&amp;", "&");
        }
        return path;
    }

    /** The same of the API. */
    static String apiPage(benchmark.Connection api, String first, int page) throws IOException {
        String path = first;
        for (int at = 1; at < page; at++) {
            JsonNode next = JsonMapper.shared()
                    .readTree(api.get(path, Application.BEARER).body())
                    .get("next");
            if (next == null || next.isNull()) {
                return path;
            }
            path = first + "&cursor=" + encoded(next.asString());
        }
        return path;
    }

    /** The page of the customer with the most complaints, if they are known as customers. */
    static Optional<String> busiest(Application application, benchmark.Connection desk) throws Exception {
        try (Connection database = application.database()) {
            for (String number : words(database, """
                    select number from complaint.complaint where phone_index = (
                        select phone_index from complaint.complaint where phone_index is not null
                        group by phone_index order by count(*) desc limit 1)
                    order by received_at desc limit 1
                    """)) {
                Matcher link =
                        CUSTOMER.matcher(desk.get("/desk/complaints/" + number).text());
                if (link.find()) {
                    return Optional.of(link.group());
                }
            }
            return Optional.empty();
        }
    }

    /** An open complaint with a long history and many files; made when there is none. */
    static String heavy(Application application) throws Exception {
        try (Connection database = application.database();
                var api = new benchmark.Connection(application.port())) {
            List<String> heavy = words(
                    database,
                    "select number from complaint.complaint where version >= " + HEAVY_EVENTS
                            + " and archived_at is null limit 1");
            if (!heavy.isEmpty()) {
                return heavy.getFirst();
            }
            String number = informed(
                    api,
                    words(
                            database,
                            "select number from complaint.complaint where archived_at is null and joined_to is null"
                                    + " order by id desc limit 50"));
            for (int event = 0; event < HEAVY_EVENTS; event++) {
                String text = "第 " + event + " 次补充：" + Stories.of(event).content();
                int status = inform(api, number, text, event < HEAVY_FILES ? attachment(api, event) : "");
                if (status != 200) {
                    throw new IllegalStateException("no information for " + number + ": " + status);
                }
            }
            return number;
        }
    }

    /** The first that can be told something. */
    private static String informed(benchmark.Connection api, List<String> numbers) throws IOException {
        for (String number : numbers) {
            if (inform(api, number, "我再补充一点。", "") == 200) {
                return number;
            }
        }
        throw new IllegalStateException("no complaint takes information");
    }

    /** The customer says something more; 200 when it was taken. */
    static int inform(benchmark.Connection api, String number, String text, String attachments) throws IOException {
        return api.post(
                        "/api/v1/complaints/" + number + "/information",
                        "{\"text\": \"%s\", \"attachments\": [%s]}".formatted(text, attachments),
                        Application.BEARER,
                        "Content-Type: application/json")
                .status();
    }

    private static String attachment(benchmark.Connection api, int number) throws IOException {
        var stored = api.post(
                "/api/v1/files?name=photo-" + number + ".txt",
                "photo " + number,
                Application.BEARER,
                "Content-Type: text/plain");
        Matcher hash = HASH.matcher(stored.text());
        if (!hash.find()) {
            throw new IllegalStateException("no file stored: " + stored.status() + " " + stored.text());
        }
        return "{\"sha256\": \"%s\", \"name\": \"照片-%d.txt\"}".formatted(hash.group(1), number);
    }

    static long number(Connection database, String sql) throws Exception {
        return Long.parseLong(words(database, sql).getFirst());
    }

    static List<String> words(Connection database, String sql) throws Exception {
        var words = new ArrayList<String>();
        try (var query = database.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            while (row.next()) {
                words.add(row.getString(1));
            }
        }
        return words;
    }
}
