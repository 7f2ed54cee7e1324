package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Awkward mails of others are read, and as another reader reads them: Python's {@code email}, which knows nothing of this code. */
@NullUnmarked
class AwkwardMailsTests {
    private static final String MIME_TOOLS = "mime4j/mimetools-testmsgs/";
    private static final String CUT_FILE =
            "The file was cut in the middle of its base64: Python keeps one or two bytes more of the last, unfinished"
                    + " group.";
    private static final String FOLDED_BOUNDARY =
            "The boundary is folded inside of its quotation marks: Python leaves the end of line in it and finds no"
                    + " part.";
    private static final String ENCODED_MAIL =
            "A mail within a mail may not be encoded, this one is: Python reads the encoded text as header fields.";

    /** What is read otherwise than by Python, and why that is right here. */
    private static final Map<String, String> READ_OTHERWISE = new TreeMap<>(Map.ofEntries(
            Map.entry(MIME_TOOLS + "frag.msg", CUT_FILE),
            Map.entry(MIME_TOOLS + "multi-frag.msg", CUT_FILE),
            Map.entry(MIME_TOOLS + "twopart.msg", CUT_FILE),
            Map.entry(MIME_TOOLS + "intl.msg", "Python puts a space between two encoded words that belong together."),
            Map.entry(MIME_TOOLS + "multi-badnames.msg", FOLDED_BOUNDARY),
            Map.entry(MIME_TOOLS + "multi-clen.msg", FOLDED_BOUNDARY),
            Map.entry(MIME_TOOLS + "multi-digest.msg", FOLDED_BOUNDARY),
            Map.entry(MIME_TOOLS + "multi-simple.msg", FOLDED_BOUNDARY),
            Map.entry(MIME_TOOLS + "multi-2gifs-base64.msg", ENCODED_MAIL),
            Map.entry("mime4j/testmsgs/base64encoded-rfc822message-nested.msg", ENCODED_MAIL),
            Map.entry(
                    "mime4j/testmsgs/multipartemptypart.msg",
                    "The only part is empty: Python takes what stands behind the last boundary for it."),
            Map.entry(
                    "mime4j/testmsgs/obsolete.msg",
                    "A space before the colon is old, but allowed to readers (RFC 5322, 4.5)."),
            Map.entry(
                    "tika/testRFC822-ARC",
                    "The subject has bytes that no charset is declared for: they are UTF-8, Python shows two signs of"
                            + " replacement.")));

    @Test
    void everyMailIsRead() throws IOException {
        Map<String, byte[]> mails = AwkwardMails.all();

        assertThat(mails).hasSizeGreaterThan(120);
        mails.forEach((name, raw) ->
                assertThatCode(() -> read(raw, new KeptFiles())).as(name).doesNotThrowAnyException());
    }

    @Test
    void mailsAreReadAsByPython() throws Exception {
        Map<String, byte[]> mails = AwkwardMails.all();
        Map<String, JsonNode> others = python(mails);
        var differing = new LinkedHashMap<String, List<String>>();

        for (Map.Entry<String, JsonNode> other : others.entrySet()) {
            var files = new KeptFiles();
            ParsedMail mail = read(mails.get(other.getKey()), files);
            List<String> differences = differences(mail, files, other.getValue());
            if (!differences.isEmpty()) {
                differing.put(other.getKey(), differences);
            }
        }

        assertThat(others).hasSizeGreaterThan(110);
        differing.forEach((name, differences) ->
                assertThat(READ_OTHERWISE).as("%s %s", name, differences).containsKey(name));
        assertThat(differing.keySet()).containsAll(READ_OTHERWISE.keySet());
    }

    private static ParsedMail read(byte[] raw, PartStore store) throws IOException {
        return MailParser.read(new ByteArrayInputStream(raw), MailLimits.USUAL, store);
    }

    private static List<String> differences(ParsedMail mail, KeptFiles files, JsonNode other) {
        var found = new ArrayList<String>();
        String subject = other.get("subject").asString();
        if (!subject.startsWith("!")) {
            differ(found, "subject", clean(mail.subject()), subject);
        }
        differ(found, "from", addresses(mail.headers().addresses("From")), strings(other.get("from")));
        differ(found, "to", addresses(mail.to()), strings(other.get("to")));
        differ(found, "cc", addresses(mail.cc()), strings(other.get("cc")));
        if (!other.get("plain").isNull()) {
            differ(found, "text", clean(mail.text()), other.get("plain").asString());
        }
        if (!other.get("html").isNull()) {
            differ(
                    found,
                    "html",
                    clean(mail.html() == null ? "" : mail.html()),
                    other.get("html").asString());
        }
        var theirs = new ArrayList<String>();
        other.get("files")
                .forEach(file -> theirs.add(file.get("type").asString() + " "
                        + (file.get("name").isNull() ? "" : file.get("name").asString()) + " "
                        + (file.get("sha").isNull()
                                ? ""
                                : file.get("sha").asString().substring(0, 8))));
        var ours = new ArrayList<String>();
        List<MailPart> parts = mail.parts();
        for (int i = 0; i < parts.size(); i++) {
            MailPart part = parts.get(i);
            boolean isNamed =
                    i >= theirs.size() || !theirs.get(i).split(" ", 3)[1].isEmpty();
            boolean isMail = part.declaredType().equals("message/rfc822");
            byte[] content = files.contents.get(part.number() - 1);
            byte[] unix = new String(content, StandardCharsets.ISO_8859_1)
                    .replace("\r\n", "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            ours.add(part.declaredType() + " " + (isNamed ? clean(part.name()) : "") + " "
                    + (isMail ? "" : KeptFiles.sha256(unix).substring(0, 8)));
        }
        differ(found, "files", ours, theirs);
        return found;
    }

    private static void differ(List<String> found, String what, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            found.add("\n    " + what + ": " + ours + "\n    other: " + theirs);
        }
    }

    private static List<String> addresses(List<Address> addresses) {
        return addresses.stream()
                .map(Address::address)
                .filter(address -> address.contains("@"))
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(each -> strings.add(each.asString()));
        return strings;
    }

    private static String clean(String text) {
        return text.replaceAll("(?U)[\\s\\x1c-\\x1f]+", " ").strip();
    }

    private static Map<String, JsonNode> python(Map<String, byte[]> mails) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")) || has("python3"), "no python3");
        List<String> names = mails.keySet().stream()
                .filter(name -> !AwkwardMails.isOutlook(mails.get(name)) && !name.endsWith(".emlx"))
                .toList();
        Path input = Files.createTempFile("mails", ".txt");
        Path script = Files.createTempFile("read", ".py");
        try (var source = AwkwardMailsTests.class.getResourceAsStream("/mail/read.py")) {
            Files.write(script, source.readAllBytes());
            Files.write(
                    input,
                    names.stream()
                            .map(name -> Base64.getEncoder().encodeToString(mails.get(name)))
                            .toList());
            Process process = new ProcessBuilder("python3", script.toString())
                    .redirectInput(input.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).isZero();
            var read = new LinkedHashMap<String, JsonNode>();
            for (int i = 0; i < names.size(); i++) {
                JsonNode result = JsonMapper.shared().readTree(lines.get(i));
                if (!result.has("error")) {
                    read.put(names.get(i), result);
                }
            }
            return read;
        } finally {
            Files.delete(input);
            Files.delete(script);
        }
    }

    private static boolean has(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
