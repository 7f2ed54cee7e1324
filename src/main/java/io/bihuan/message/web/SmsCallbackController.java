package io.bihuan.message.web;

import io.bihuan.message.sms.SmsCallbacks;
import io.bihuan.message.sms.SmsCallbacks.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where providers of texts to phones call: with what became of them, and with what people answered. */
@RestController
@RequestMapping("/callbacks/sms/{provider}/{secret}")
class SmsCallbackController {
    private final SmsCallbacks callbacks;

    SmsCallbackController(SmsCallbacks callbacks) {
        this.callbacks = callbacks;
    }

    @PostMapping("/reports")
    ResponseEntity<String> reports(
            @PathVariable String provider, @PathVariable String secret, HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        return body.length > SmsCallbacks.LARGEST
                ? ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).body("")
                : answer(callbacks.reports(provider, secret, request.getRemoteAddr(), body));
    }

    @PostMapping("/replies")
    ResponseEntity<String> replies(
            @PathVariable String provider, @PathVariable String secret, HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        return body.length > SmsCallbacks.LARGEST
                ? ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).body("")
                : answer(callbacks.replies(provider, secret, request.getRemoteAddr(), body));
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        return request.getInputStream().readNBytes(SmsCallbacks.LARGEST + 1);
    }

    /** Without a word to whoever is turned away. */
    private static ResponseEntity<String> answer(Answer answer) {
        return switch (answer) {
            case Answer.Taken taken ->
                ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("X-Content-Type-Options", "nosniff")
                        .body(taken.thanks());
            case Answer.Unwelcome unwelcome ->
                ResponseEntity.status(HttpStatus.NOT_FOUND).body("");
            case Answer.Unreadable unreadable ->
                ResponseEntity.status(HttpStatus.BAD_REQUEST).body("");
        };
    }
}
