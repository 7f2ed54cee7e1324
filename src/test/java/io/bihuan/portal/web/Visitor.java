package io.bihuan.portal.web;

import static io.bihuan.FormToken.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** A customer with a browser without script, at an address of his own. */
public final class Visitor {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final MockMvc http;
    private final String address;

    public Visitor(MockMvc http) {
        int number = COUNT.incrementAndGet();
        this.http = http;
        this.address = "10.20." + number / 250 + "." + (number % 250 + 1);
    }

    /** What came back. */
    public record Answer(int status, String html, MockHttpServletResponse response) {
        public String location() {
            return Objects.requireNonNullElse(response.getHeader("Location"), "");
        }

        public String header(String name) {
            return Objects.requireNonNullElse(response.getHeader(name), "");
        }

        /** The value of the first field with this name. */
        public String field(String name) {
            Matcher found = Pattern.compile("name=\"" + Pattern.quote(name) + "\"[^>]*?value=\"([^\"]*)\"")
                    .matcher(html);
            return found.find() ? found.group(1) : "";
        }

        /** The page without what is new in every form: its tokens. */
        String withoutTokens() {
            return html.replaceAll("(name=\"(?:_csrf|form)\" value=\")[^\"]*", "$1");
        }
    }

    public Answer open(String path, String... headers) {
        var request = get(path).with(asked -> {
            asked.setRemoteAddr(address);
            return asked;
        });
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return perform(request);
    }

    /** Follows a redirect, with the notice that it carries. */
    public Answer follow(Answer answer) {
        var request = get(answer.location());
        var notice = answer.response().getCookie("notice");
        if (notice != null) {
            request.cookie(notice);
        }
        return perform(request);
    }

    public Answer send(String path, Map<String, String> fields, List<MockMultipartFile> files, String... headers) {
        var request = multipart(path);
        files.forEach(request::file);
        fields.forEach(request::param);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return perform(request.with(csrf()).with(asked -> {
            asked.setRemoteAddr(address);
            return asked;
        }));
    }

    public Answer send(String path, Map<String, String> fields) {
        return send(path, fields, List.of());
    }

    /** Files a complaint that is right, with some fields changed, and gives the answer. */
    Answer file(Map<String, String> changed, MockMultipartFile... files) {
        return send("/complain", filing(changed), List.of(files));
    }

    /** The fields of a complaint as the form that was just opened would send them. */
    Map<String, String> filing(Map<String, String> changed) {
        Answer form = open("/complain");
        var fields = new LinkedHashMap<String, String>();
        fields.put("form", form.field("form"));
        fields.put("line", form.field("line"));
        fields.put("category", "");
        fields.put("content", "空调装好一个月，修了三次还是不制冷。");
        fields.put("product.productType", "air-conditioner");
        fields.put("name", "张三丰");
        fields.put("phone", "13812345678");
        fields.putAll(changed);
        return fields;
    }

    static MockMultipartFile file(String name, byte[] bytes) {
        return new MockMultipartFile("files", name, "application/octet-stream", bytes);
    }

    private Answer perform(org.springframework.test.web.servlet.RequestBuilder request) {
        try {
            var response = http.perform(request).andReturn().getResponse();
            return new Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8), response);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
