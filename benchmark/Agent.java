package benchmark;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One who works at the desk, with the browser in front of him: reads, thinks, writes. The browser asks for what the scripts of a page
 * ask for: parts that follow what happens, the rows of a list that changed at most once a second, and a stream of news for each page.
 */
final class Agent implements AutoCloseable {
    /** What he does. */
    private interface Act {
        void by(Agent agent) throws Exception;
    }

    private record Share(int weight, Act act) {}

    /** The mixture: of a hundred things that he decides to do so many are this. */
    private static final List<Share> MIXTURE = List.of(
            new Share(20, Agent::openWorklist),
            new Share(8, Agent::turnPage),
            new Share(24, Agent::openComplaint),
            new Share(14, Agent::openTab),
            new Share(12, Agent::takeNextStep),
            new Share(6, Agent::writeNote),
            new Share(7, Agent::search),
            new Share(3, Agent::lookAtCustomer),
            new Share(2, Agent::readNotices),
            new Share(4, Agent::openDueBoard));

    private static final List<String> FILTERS = List.of(
            "",
            "",
            "",
            "?mine=owner",
            "?mine=owner",
            "?mine=handler",
            "?overdue=true",
            "?severity=URGENT",
            "?stage=HANDLE",
            "?stage=ACCEPT",
            "?stage=VERIFY&department=outlets",
            "?department=parts",
            "?channel=HOTLINE",
            "?priority=HIGH&mine=owner",
            "?category=repeated-repair",
            "?state=ARCHIVED",
            "?state=ALL&category=no-visit");
    private static final List<String> DUE = List.of("", "", "?when=OVERDUE", "?severity=URGENT");

    /** Seconds between two things; the median of a log-normal distribution whose mean is a third above it. */
    private static final double PAUSE = Double.parseDouble(System.getProperty("benchmark.pause", "6"));

    private static final double SPREAD = 0.8;
    /** As the script once did, to compare: the parts at the beginning and again when the stream is open. */
    private static final boolean READS_TWICE = Boolean.getBoolean("benchmark.twice");
    /** Nobody is away so long that the server closes his connection. */
    private static final double LONGEST_PAUSE = 45;

    /** How soon the script reads a list anew when a row of it changed, and when something else did. */
    private static final long REST = Duration.ofSeconds(1).toNanos();

    private static final long LONG_REST =
            Duration.ofSeconds(Integer.getInteger("benchmark.rest", 5)).toNanos();
    private static final String PRESSED = "Accept-Encoding: gzip";
    private static final String PART = "HX-Request: true";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String LINK = "href=\"/desk/complaints/";
    private static final int NUMBER = 14;
    private static final int MOST_NUMBERS = 60;
    private static final int LONGEST_WORDS = 100;

    private final Day day;
    private final SplittableRandom random;
    private final Connection connection;
    private volatile Thread thread;
    /** Whether the list has to be read anew: for a row of it, for something else. */
    private volatile boolean isRowNews;

    private volatile boolean isNews;

    // The page that is open.
    private News news;
    private String page = "";
    private String path = "";
    private String rows = "";
    private volatile Set<String> shown = Set.of();
    private long refreshed;

    // What he has seen.
    private final List<String> numbers = new ArrayList<>();
    private String number = "";

    Agent(Day day, int seed, Connection connection) {
        this.day = day;
        this.random = new SplittableRandom(seed);
        this.connection = connection;
    }

    /** Until the day is over; what goes wrong is an error, and he goes on. */
    void work() {
        thread = Thread.currentThread();
        try {
            // They do not all come at the same second.
            Thread.sleep(random.nextInt((int) (PAUSE * 1000)));
            while (day.isOn()) {
                try {
                    next().by(this);
                } catch (IOException | RuntimeException e) {
                    day.wrong(e.toString());
                    page = "";
                    rows = "";
                }
                think();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            day.wrong(e.toString());
        }
    }

    private Act next() {
        if (numbers.isEmpty()) {
            return Agent::openWorklist;
        }
        int point = random.nextInt(100);
        for (Share share : MIXTURE) {
            point -= share.weight();
            if (point < 0) {
                return share.act();
            }
        }
        throw new IllegalStateException("the shares do not make a hundred");
    }

    // ---- the browser

    /** Opens a page as the address line does, then what its scripts ask for. */
    private void open(String name, String address, String piece) throws IOException, InterruptedException {
        Connection.Answer answer = get(name, address, PRESSED);
        loaded(name, address, answer, piece);
    }

    private void loaded(String name, String address, Connection.Answer answer, String piece)
            throws IOException, InterruptedException {
        String text = answer.plain();
        if (answer.status() != 200 || text.indexOf("</html>", text.length() - 16) < 0 || !text.contains(piece)) {
            throw new IllegalStateException(name + " " + address + ": " + answer.status() + " without " + piece);
        }
        page = text;
        path = address;
        rows = text.contains("data-live>") ? plain(between(text, "id=\"rows\" hx-get=\"", "\"")) : "";
        shown = rows.isEmpty() ? Set.of() : shown(text);
        refreshed = 0;
        closeNews();
        isNews = false;
        isRowNews = false;
        news = day.listen(connection.cookie(), this::changed);
        String trouble = news.ready();
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(trouble);
        }
        // The stream is open: whatever happened before is read now.
        if (READS_TWICE) {
            parts();
        }
        parts();
        if (!rows.isEmpty()) {
            refresh();
        }
    }

    private Connection.Answer get(String name, String address, String... headers) throws IOException {
        long before = System.nanoTime();
        Connection.Answer answer = connection.get(address, headers);
        day.took(name, before);
        return answer;
    }

    private void parts() throws IOException {
        String mark = "data-href=\"";
        for (int at = page.indexOf(mark); at >= 0; at = page.indexOf(mark, at + 1)) {
            String address = plain(page.substring(at + mark.length(), page.indexOf('"', at + mark.length())));
            Connection.Answer answer = get("part " + address, address, PRESSED, PART);
            if (answer.status() != 200 || answer.plain().contains("<html")) {
                throw new IllegalStateException(address + ": " + answer.status());
            }
        }
    }

    private void changed(List<String> ids) {
        if (ids.isEmpty() || ids.stream().anyMatch(shown::contains)) {
            isRowNews = true;
        }
        isNews = true;
        if (!rows.isEmpty()) {
            LockSupport.unpark(thread);
        }
    }

    private static Set<String> shown(String text) {
        var ids = new HashSet<String>();
        String mark = "data-row data-id=\"";
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
            ids.add(text.substring(at + mark.length(), at + mark.length() + 36));
        }
        return ids;
    }

    /** When the script reads the list anew; the end of time when it has no reason. */
    private long due() {
        if (rows.isEmpty() || !isNews && !isRowNews) {
            return Long.MAX_VALUE;
        }
        return refreshed + (isRowNews ? REST : LONG_REST);
    }

    /** The rows of the list that is open, anew. */
    private void refresh() throws IOException {
        isNews = false;
        isRowNews = false;
        refreshed = System.nanoTime();
        Connection.Answer answer = get("rows after news", rows, PRESSED, PART, "HX-Target: rows");
        String text = answer.plain();
        if (answer.status() != 200
                || text.contains("<html")
                || !text.contains("data-row") && !text.contains("\"nothing\"")) {
            throw new IllegalStateException(rows + ": " + answer.status());
        }
        shown = shown(text);
    }

    /** Reads what is open; lists that follow what happens are read anew meanwhile. */
    private void think() throws InterruptedException {
        double gaussian =
                Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
        long end = System.nanoTime() + (long) (Math.min(LONGEST_PAUSE, PAUSE * Math.exp(SPREAD * gaussian)) * 1e9);
        for (long now = System.nanoTime(); now < end && day.isOn(); now = System.nanoTime()) {
            if (due() <= now) {
                try {
                    refresh();
                } catch (IOException | RuntimeException e) {
                    day.wrong(e.toString());
                    return;
                }
            } else {
                LockSupport.parkNanos(Math.max(1, Math.min(end, due()) - now));
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        if (news != null && !news.trouble().isEmpty() && day.isOn()) {
            day.wrong("the stream of news: " + news.trouble());
            closeNews();
        }
    }

    // ---- what he does

    private void openWorklist() throws Exception {
        String filter = FILTERS.get(random.nextInt(FILTERS.size()));
        open("worklist", "/desk/complaints" + filter, "id=\"rows\"");
        remember();
    }

    private void turnPage() throws Exception {
        int next = page.indexOf("rel=\"next\"");
        if (!path.startsWith("/desk/complaints?") && !path.equals("/desk/complaints") || next < 0) {
            openWorklist();
            return;
        }
        int from = page.lastIndexOf("href=\"", next) + 6;
        open("worklist, a later page", plain(page.substring(from, page.indexOf('"', from))), "id=\"rows\"");
        remember();
    }

    private void remember() {
        var found = new ArrayList<String>();
        for (int at = page.indexOf(LINK); at >= 0 && found.size() < MOST_NUMBERS; at = page.indexOf(LINK, at + 1)) {
            int from = at + LINK.length();
            if (page.charAt(from + NUMBER) == '"') {
                found.add(page.substring(from, from + NUMBER));
            }
        }
        if (!found.isEmpty()) {
            numbers.clear();
            numbers.addAll(found);
        }
    }

    private void openComplaint() throws Exception {
        number = numbers.get(random.nextInt(numbers.size()));
        open("complaint", "/desk/complaints/" + number, "id=\"history\"");
    }

    private void openTab() throws Exception {
        if (number.isEmpty()) {
            openComplaint();
            think();
        }
        String begin = "href=\"/desk/complaints/" + number + "/";
        var tabs = new ArrayList<String>();
        int nav = page.indexOf("case-tabs");
        int end = page.indexOf("</nav>", nav);
        for (int at = page.indexOf(begin, nav); nav >= 0 && at >= 0 && at < end; at = page.indexOf(begin, at + 1)) {
            tabs.add(plain(page.substring(at + 6, page.indexOf('"', at + 6))));
        }
        if (tabs.isEmpty()) {
            openComplaint();
            return;
        }
        String tab = tabs.get(random.nextInt(tabs.size()));
        open("tab " + tab.substring(tab.lastIndexOf('/') + 1), tab, "case-tabs");
    }

    private void search() throws Exception {
        String words = day.words(random);
        open("search", "/desk/complaints?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8), "id=\"rows\"");
        remember();
    }

    private void lookAtCustomer() throws Exception {
        int link = page.indexOf("href=\"/desk/customers/");
        if (link < 0) {
            openComplaint();
            think();
            link = page.indexOf("href=\"/desk/customers/");
        }
        if (link >= 0) {
            open("customer", plain(page.substring(link + 6, page.indexOf('"', link + 6))), "id=\"main\"");
            number = "";
        }
    }

    private void readNotices() throws Exception {
        open("notices", "/desk/notices", "id=\"main\"");
    }

    private void openDueBoard() throws Exception {
        open("due board", "/desk/due" + DUE.get(random.nextInt(DUE.size())), "id=\"rows\"");
        remember();
    }

    private void writeNote() throws Exception {
        if (!openClaimed()) {
            return;
        }
        try {
            think();
            String form = form("notes");
            if (!form.isEmpty()) {
                send("notes", fields(form).part("text", day.sentence(random)).body(), true);
            }
        } finally {
            day.release(number);
        }
    }

    /** The form that the page offers first: accept, assess, verify, solve, tell, confirm, archive. */
    private void takeNextStep() throws Exception {
        if (!openClaimed()) {
            return;
        }
        try {
            int next = page.indexOf("id=\"next\"");
            int from = next < 0 ? -1 : page.indexOf("id=\"deed-", next);
            int telling = next < 0 ? -1 : page.indexOf("href=\"" + path + "/messages?letter=", next);
            if (telling >= 0 && (from < 0 || telling < from)) {
                think();
                tell(page.substring(telling + 6, page.indexOf('#', telling)));
            } else if (from >= 0) {
                think();
                String deed = page.substring(from + 9, page.indexOf('"', from + 9));
                Fields filled = filled(deed);
                if (filled != null) {
                    send(deed, filled.encoded(), false);
                }
            }
        } finally {
            day.release(number);
        }
    }

    /** Writes the result where the complaint leads to, and records that it was said on the phone. */
    private void tell(String address) throws IOException, InterruptedException {
        String complaint = path;
        open("telling", plain(address), "id=\"message\"");
        int from = page.indexOf("id=\"message\"");
        String form = page.substring(from, page.indexOf("</form>", from));
        var fields = new Fields();
        for (String hidden : List.of("_csrf", "occasion", "notice", "letter", "in")) {
            fields.with(hidden, between(form, "name=\"" + hidden + "\" value=\"", "\""));
        }
        fields.with("way", "SPOKEN")
                .with("measures", day.sentence(random))
                .with("guarantee", day.sentence(random))
                .with("routes", day.sentence(random));
        long before = System.nanoTime();
        Connection.Answer answer = connection.post(complaint + "/messages", fields.encoded(), FORM, PRESSED);
        day.took("do result", before);
        if (answer.status() == 422) {
            day.refused("result", said(answer.text()));
        } else if (answer.status() == 303) {
            day.done("result");
        } else {
            throw new IllegalStateException(complaint + "/messages: " + answer.status());
        }
        open("complaint after a step", complaint, "id=\"history\"");
    }

    /** A complaint that no colleague works on just now; false when there is none. */
    private boolean openClaimed() throws Exception {
        String wanted = day.claim(numbers, random);
        if (wanted.isEmpty()) {
            return false;
        }
        number = wanted;
        try {
            open("complaint", "/desk/complaints/" + wanted, "id=\"history\"");
        } catch (IOException | RuntimeException e) {
            day.release(wanted);
            throw e;
        }
        return true;
    }

    private Fields filled(String deed) {
        Fields fields = fields(form(deed));
        return switch (deed) {
            case "ownership" -> fields;
            case "assessment" -> assessed(fields, form(deed));
            case "verification" -> fields.with("finding", "SUBSTANTIATED").with("account", day.sentence(random));
            case "solution" ->
                fields.with("outcome", "ACCEPTED")
                        .with("measures", day.sentence(random))
                        .with("routes", "");
            case "confirmation" ->
                fields.with("answer", "CONFIRMED").with("comment", "").with("rating", "5");
            case "archiving" -> fields.with("cause", "");
            default -> null;
        };
    }

    /** Takes over what the rules propose. */
    private Fields assessed(Fields fields, String form) {
        for (String name : List.of(
                "factorSeverity",
                "factorSafety",
                "factorComplexity",
                "factorImpact",
                "factorImmediacy",
                "kind",
                "category",
                "severity",
                "priority",
                "department",
                "handler")) {
            int select = form.indexOf("name=\"" + name + "\"");
            if (select < 0) {
                continue;
            }
            int end = form.indexOf("</select>", select);
            int chosen = form.indexOf(" selected", select);
            int option = chosen < 0 || chosen > end
                    ? form.lastIndexOf("<option value=\"", end)
                    : form.lastIndexOf("<option value=\"", chosen);
            if (option > select) {
                fields.with(name, plain(form.substring(option + 15, form.indexOf('"', option + 15))));
            }
        }
        return fields.with("note", "");
    }

    /** From the beginning of the form to its end; empty when the page has none of that name. */
    private String form(String deed) {
        int from = page.indexOf("id=\"deed-" + deed + "\"");
        return from < 0 ? "" : page.substring(from, page.indexOf("</form>", from));
    }

    /** What stands hidden in every form. */
    private static Fields fields(String form) {
        return new Fields()
                .with("_csrf", between(form, "name=\"_csrf\" value=\"", "\""))
                .with("version", between(form, "name=\"version\" value=\"", "\""));
    }

    private void send(String deed, String body, boolean hasFiles) throws IOException, InterruptedException {
        long before = System.nanoTime();
        Connection.Answer answer =
                connection.post(path + "/" + deed, body, hasFiles ? Fields.MULTIPART : FORM, PRESSED);
        day.took("do " + deed, before);
        String text = answer.plain();
        if (answer.status() == 409) {
            // An alarm or a colleague came in between: the page says so, and he reads it.
            day.changedMeanwhile();
            loaded("do " + deed, path, new Connection.Answer(200, answer.headers(), answer.body()), "id=\"history\"");
            return;
        }
        if (answer.status() == 422 && text.contains("alert-danger")) {
            // A rule forbids it: something else has to be done first, or by somebody else.
            day.refused(deed, said(answer.text()));
            loaded("do " + deed, path, new Connection.Answer(200, answer.headers(), answer.body()), "id=\"history\"");
            return;
        }
        String next = answer.header("Location");
        if (answer.status() != 303 || !next.contains("?done=" + deed)) {
            throw new IllegalStateException(path + "/" + deed + ": " + answer.status() + " " + next);
        }
        day.done(deed);
        open("complaint after a step", next, "id=\"history\"");
    }

    // ---- text

    /** The words of the message that stands on top of a page. */
    private static String said(String page) {
        int from = page.indexOf("alert-danger");
        String words = page.substring(page.indexOf('>', from) + 1, Math.min(page.length(), from + 800))
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return words.substring(0, Math.min(words.length(), LONGEST_WORDS));
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before);
        if (from < 0) {
            throw new IllegalStateException("no " + before);
        }
        return text.substring(from + before.length(), text.indexOf(after, from + before.length()));
    }

    private static String plain(String attribute) {
        return attribute.replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", "\"");
    }

    private void closeNews() {
        News open = news;
        news = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                day.wrong(e.toString());
            }
        }
    }

    @Override
    public void close() throws IOException {
        closeNews();
        connection.close();
    }
}
