package io.bihuan.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;

/** Answers every failure: as problem+json below {@code /api}, as a page with a way on everywhere else. */
@Controller
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Failures implements ErrorController {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private final Shells shells;
    private final Problems problems;

    Failures(Shells shells, Problems problems) {
        this.shells = shells;
        this.problems = problems;
    }

    /** What a controller threw. */
    @ExceptionHandler
    @Nullable
    Page thrown(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        // The other end is gone, or the stream is over: nobody is there to be told.
        if (thrown instanceof ClientAbortException
                || thrown instanceof AsyncRequestNotUsableException
                || thrown instanceof AsyncRequestTimeoutException
                || response.isCommitted()) {
            log.debug("no answer possible: {}", thrown.toString());
            return null;
        }
        var failure = Failure.of(thrown, shells.texts(request));
        if (failure.isOurs()) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
        }
        if (thrown instanceof ErrorResponse known) {
            known.getHeaders().forEach((name, values) -> {
                if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                    values.forEach(value -> response.addHeader(name, value));
                }
            });
        }
        return answer(failure, request, response);
    }

    /** What the container or a filter refused ({@code sendError}). */
    @RequestMapping("/error")
    @Nullable
    Page refused(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var thrown = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Texts texts = shells.texts(request);
        if (thrown != null) {
            while (thrown instanceof jakarta.servlet.ServletException && thrown.getCause() != null) {
                thrown = thrown.getCause();
            }
            var failure = Failure.of(thrown, texts);
            if (failure.isOurs()) {
                log.error("{} {} failed", request.getMethod(), Shells.path(request), thrown);
            }
            return answer(failure, request, response);
        }
        return answer(Failure.of(status == null ? 404 : status, texts), request, response);
    }

    private @Nullable Page answer(Failure failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (failure.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        if (isApi(request)) {
            problems.write(failure, request, response);
            return null;
        }
        if (request.getHeader("HX-Request") != null) {
            // A part of a page failed: the frame stays and says so.
            response.setHeader("HX-Retarget", "#notices");
            response.setHeader("HX-Reswap", "innerHTML");
            return Page.of("web/failurepart", FailurePage.of(failure)).status(failure.status());
        }
        return Page.of("web/failure", FailurePage.of(failure)).status(failure.status());
    }

    static boolean isApi(HttpServletRequest request) {
        return Shells.path(request).toLowerCase(Locale.ROOT).startsWith("/api/");
    }
}
