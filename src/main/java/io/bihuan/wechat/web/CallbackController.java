package io.bihuan.wechat.web;

import io.bihuan.wechat.Callbacks;
import io.bihuan.wechat.Callbacks.Answer;
import io.bihuan.wechat.Callbacks.Signs;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the WeChat platform calls: once to see whether we are there, then with every message and event. */
@RestController
class CallbackController {
    private static final String TAKEN = "success";

    private final Callbacks callbacks;

    CallbackController(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    @GetMapping("/wechat/{account}")
    ResponseEntity<String> show(@PathVariable String account, HttpServletRequest request) {
        String echo = request.getParameter("echostr");
        return answer(callbacks.echo(account, signs(request), request.getRemoteAddr()), echo == null ? "" : echo);
    }

    @PostMapping("/wechat/{account}")
    ResponseEntity<String> create(@PathVariable String account, HttpServletRequest request) throws IOException {
        String address = request.getRemoteAddr();
        if (request.getContentLengthLong() > Callbacks.LARGEST) {
            return answer(callbacks.told(Answer.TOO_LARGE, account, address), "");
        }
        byte[] body = request.getInputStream().readNBytes(Callbacks.LARGEST + 1);
        return answer(callbacks.receive(account, signs(request), body, address), TAKEN);
    }

    private static Signs signs(HttpServletRequest request) {
        return new Signs(
                parameter(request, "signature"),
                parameter(request, "timestamp"),
                parameter(request, "nonce"),
                parameter(request, "msg_signature"),
                parameter(request, "encrypt_type"));
    }

    private static @Nullable String parameter(HttpServletRequest request, String name) {
        return request.getParameter(name);
    }

    /** Without a word to whoever is turned away: the platform does not read it, and nobody else needs it. */
    private static ResponseEntity<String> answer(Answer answer, String taken) {
        return switch (answer) {
            case TAKEN ->
                ResponseEntity.ok()
                        .contentType(MediaType.TEXT_PLAIN)
                        .header("X-Content-Type-Options", "nosniff")
                        .body(taken);
            case NO_ACCOUNT -> ResponseEntity.status(HttpStatus.NOT_FOUND).body("");
            case NOT_SIGNED, TOO_OLD ->
                ResponseEntity.status(HttpStatus.FORBIDDEN).body("");
            case UNREADABLE -> ResponseEntity.status(HttpStatus.BAD_REQUEST).body("");
            case TOO_LARGE ->
                ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).body("");
        };
    }
}
