package io.bihuan.intake.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Scope;
import io.bihuan.identity.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A partner's program uploads files over a bad line, by the tus protocol, and attaches them. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FilesApiTests {
    private static final String FILES = "/api/v1/files";
    private static final String TUS = "Tus-Resumable";
    private static final String PIECE = "application/offset+octet-stream";

    @LocalServerPort
    int port;

    @Autowired
    Tokens tokens;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles complaintFiles;

    ApiClient api;

    @BeforeEach
    void aToken() {
        api = client(Scope.values());
    }

    private ApiClient client(Scope... scopes) {
        return new ApiClient(port, tokens.create("伙伴系统", Set.of(scopes), null).secret());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private Answer begin(long length, String name) {
        return api.send(api.request(
                        FILES,
                        TUS,
                        "1.0.0",
                        "Upload-Length",
                        Long.toString(length),
                        "Upload-Metadata",
                        "filetype YQ==, filename "
                                + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.noBody()));
    }

    private Answer patch(ApiClient by, String path, long at, byte[] bytes, String... headers) {
        HttpRequest.Builder request =
                by.request(path, TUS, "1.0.0", "Content-Type", PIECE, "Upload-Offset", Long.toString(at));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return by.send(request.method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }

    private Answer head(String path) {
        return api.send(api.request(path, TUS, "1.0.0").method("HEAD", BodyPublishers.noBody()));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static Map<String, Object> submission(String sha256) {
        Map<String, Object> body = new LinkedHashMap<>(ComplaintsApiTests.submission());
        body.put("attachments", List.of(Map.of("sha256", sha256, "name", "录音.wav")));
        return body;
    }

    @Test
    void anUploadGoesOnWhereItStopped() throws Exception {
        byte[] file = random(700_000);
        Answer begun = begin(file.length, "录音.wav");
        assertThat(begun.status()).as(begun.text()).isEqualTo(201);
        assertThat(begun.header("upload-expires")).endsWith("GMT");
        String path = begun.header("location");

        Answer first = patch(api, path, 0, Arrays.copyOf(file, 300_000));
        assertThat(first.status()).isEqualTo(204);
        assertThat(first.header("upload-offset")).isEqualTo("300000");
        assertThat(first.header("tus-resumable")).isEqualTo("1.0.0");
        Answer stand = head(path);
        assertThat(stand.status()).isEqualTo(200);
        assertThat(stand.header("upload-offset")).isEqualTo("300000");
        assertThat(stand.header("upload-length")).isEqualTo("700000");
        assertThat(stand.header("cache-control")).contains("no-store");
        assertThat(patch(api, path, 0, Arrays.copyOf(file, 300_000)).status()).isEqualTo(409);
        assertThat(patch(api, path, 400_000, new byte[10]).status()).isEqualTo(409);
        Answer last = patch(api, path, 300_000, Arrays.copyOfRange(file, 300_000, file.length));
        assertThat(last.status()).isEqualTo(204);
        assertThat(last.header("upload-sha256")).isEqualTo(sha256(file));
        assertThat(api.get(path).text("/sha256")).isEqualTo(sha256(file));
        assertThat(api.get(path).text("/name")).isEqualTo("录音.wav");

        Answer registered = api.post("/api/v1/complaints", submission(sha256(file)));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        var complaint =
                complaints.find(new ComplaintNumber(registered.text("/number"))).orElseThrow();
        assertThat(complaintFiles.of(complaint.id())).singleElement().satisfies(use -> {
            assertThat(use.name()).isEqualTo("录音.wav");
            assertThat(use.file().size()).isEqualTo(700_000);
        });
    }

    @Test
    void aTokenAttachesOnlyWhatItUploadedItself() throws Exception {
        byte[] file = random(1_000);
        Answer stored = api.send(api.request(FILES + "?name=a.bin").POST(BodyPublishers.ofByteArray(file)));
        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        assertThat(stored.text("/sha256")).isEqualTo(sha256(file));
        ApiClient other = client(Scope.values());
        assertThat(other.get(stored.header("location")).status()).isEqualTo(404);
        Answer refused = other.post("/api/v1/complaints", submission(sha256(file)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.pointers()).containsExactly("#/attachments/0/sha256");
        assertThat(api.post("/api/v1/complaints", submission("abc")).status()).isEqualTo(400);
        Map<String, Object> many = new LinkedHashMap<>(ComplaintsApiTests.submission());
        many.put("attachments", java.util.Collections.nCopies(11, Map.of("sha256", sha256(file), "name", "a")));
        assertThat(api.post("/api/v1/complaints", many).status()).isEqualTo(400);
    }

    @Test
    void informationBringsFilesToo() throws Exception {
        byte[] file = random(2_000);
        api.send(api.request(FILES + "?name=b.bin").POST(BodyPublishers.ofByteArray(file)));
        String number =
                api.post("/api/v1/complaints", ComplaintsApiTests.submission()).text("/number");
        Answer added = api.post(
                "/api/v1/complaints/" + number + "/information",
                Map.of("text", "补充照片", "attachments", List.of(Map.of("sha256", sha256(file), "name", "照片.bin"))));
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        var complaint = complaints.find(new ComplaintNumber(number)).orElseThrow();
        assertThat(complaintFiles.of(complaint.id())).extracting("name").containsExactly("照片.bin");
    }

    @Test
    void theAnswerToARequestOutlivesItsFiles() throws Exception {
        byte[] file = random(3_000);
        Answer stored = api.send(api.request(FILES + "?name=c.bin").POST(BodyPublishers.ofByteArray(file)));
        Map<String, Object> body = submission(sha256(file));
        Answer first = api.post("/api/v1/complaints", body, "Idempotency-Key", "files-1");
        assertThat(first.status()).isEqualTo(201);
        api.send(api.request(stored.header("location"), TUS, "1.0.0").DELETE());
        Answer again = api.post("/api/v1/complaints", body, "Idempotency-Key", "files-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text("/number")).isEqualTo(first.text("/number"));
        assertThat(api.post("/api/v1/complaints", body).status()).isEqualTo(400);
    }

    @Test
    void aPieceThatDoesNotFitItsChecksumIsNotTaken() throws Exception {
        byte[] file = random(100_000);
        String path = begin(file.length, "a.bin").header("location");
        byte[] half = Arrays.copyOf(file, 50_000);
        String sha1 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(half));
        assertThat(patch(api, path, 0, Arrays.copyOf(file, 49_999), "Upload-Checksum", "sha1 " + sha1)
                        .status())
                .isEqualTo(460);
        assertThat(head(path).header("upload-offset")).isEqualTo("0");
        assertThat(patch(api, path, 0, half, "Upload-Checksum", "sha1 " + sha1).status())
                .isEqualTo(204);
        byte[] rest = Arrays.copyOfRange(file, 50_000, file.length);
        String sha256 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(rest));
        assertThat(patch(api, path, 50_000, rest, "Upload-Checksum", "crc32 AAAA")
                        .status())
                .isEqualTo(400);
        assertThat(patch(api, path, 50_000, rest, "Upload-Checksum", "sha256 " + sha256)
                        .status())
                .isEqualTo(204);
        assertThat(api.get(path).text("/sha256")).isEqualTo(sha256(file));
    }

    @Test
    void theProtocolIsSpokenExactly() {
        Answer options = api.send(api.request(FILES).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("tus-version")).isEqualTo("1.0.0");
        assertThat(options.header("tus-extension")).isEqualTo("creation,termination,checksum,expiration");
        assertThat(options.header("tus-checksum-algorithm")).isEqualTo("sha1,sha256");
        assertThat(Long.parseLong(options.header("tus-max-size"))).isPositive();

        Answer other =
                api.send(api.request(FILES, TUS, "0.2.2", "Upload-Length", "5").POST(BodyPublishers.noBody()));
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.header("tus-version")).isEqualTo("1.0.0");
        assertThat(api.send(api.request(FILES, TUS, "1.0.0").POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(400);
        assertThat(begin(99L << 40, "a").status()).isEqualTo(413);

        String path = begin(5, "a.txt").header("location");
        assertThat(patch(api, path, 0, new byte[5], "Content-Type", "application/octet-stream")
                        .status())
                .isEqualTo(415);
        assertThat(patch(api, path, 0, new byte[6]).status()).isEqualTo(422);
        assertThat(head(FILES + "/01890000-0000-7000-8000-000000000009").status())
                .isEqualTo(404);
        assertThat(api.send(api.request(path, TUS, "1.0.0").DELETE()).status()).isEqualTo(204);
        assertThat(head(path).status()).isEqualTo(404);
    }

    @Test
    void whereNoPatchPassesThePostSaysSo() {
        String path = begin(5, "a.txt").header("location");
        Answer sent = api.send(api.request(
                        path,
                        TUS,
                        "1.0.0",
                        "Content-Type",
                        PIECE,
                        "Upload-Offset",
                        "0",
                        "X-HTTP-Method-Override",
                        "PATCH")
                .POST(BodyPublishers.ofString("hello")));
        assertThat(sent.status()).as(sent.text()).isEqualTo(204);
        ApiClient reader = client(Scope.COMPLAINTS_READ);
        assertThat(reader.send(reader.request(path, TUS, "1.0.0", "X-HTTP-Method-Override", "DELETE")
                                .POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aProgramIsRefusedWhenItIsWhole() {
        byte[] script = "#!/bin/sh\necho\n".getBytes(StandardCharsets.UTF_8);
        String path = begin(script.length, "run.sh").header("location");
        Answer sent = patch(api, path, 0, script);
        assertThat(sent.status()).isEqualTo(422);
        assertThat(sent.text("/detail")).contains("run.sh");
        assertThat(api.get(path).text("/refusal")).isEqualTo("platform.file.executable");
        assertThat(api.send(api.request(FILES + "?name=a.txt", "Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("a=b")))
                        .status())
                .as("the container would swallow the file as a form")
                .isEqualTo(415);
        assertThat(api.send(api.request(FILES + "?name=a.exe").POST(BodyPublishers.ofString("MZ")))
                        .status())
                .isEqualTo(422);
    }
}
