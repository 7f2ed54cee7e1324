package io.bihuan.web;

import io.bihuan.platform.Refused;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What went wrong, in the words of the one who asked: never a stack trace, never a sentence of a library.
 *
 * @param type {@code about:blank}, or {@code urn:bihuan:refused:<key>} for a rule that said no
 */
record Failure(HttpStatus status, String type, String title, String detail, List<Problem> errors) {
    /** @param pointer JSON pointer as a URI fragment ({@code #/customer/phone}) */
    record Problem(String pointer, String detail) {}

    private static final String INVALID_TEXT = "22021";

    Failure {
        errors = List.copyOf(errors);
    }

    static Failure of(HttpStatus status, Texts t) {
        return of(status, t, List.of());
    }

    private static Failure of(HttpStatus status, Texts t, List<Problem> errors) {
        String key = "web.failure." + status.value();
        String known = t.has(key + ".title") ? key : "web.failure." + (status.is5xxServerError() ? "500" : "400");
        return new Failure(status, "about:blank", t.of(known + ".title"), t.of(known + ".detail"), errors);
    }

    private static Failure bad(String pointer, String detail, Texts t) {
        return of(HttpStatus.BAD_REQUEST, t, List.of(new Problem(pointer, detail)));
    }

    /** Finds the words for an exception; {@code INTERNAL_SERVER_ERROR} when it is nobody's fault but ours. */
    static Failure of(Throwable thrown, Texts t) {
        return switch (thrown) {
            case Refused refused -> refusal(refused, t);
            case BadInput bad ->
                of(
                        HttpStatus.BAD_REQUEST,
                        t,
                        bad.errors().stream()
                                .map(error -> new Problem(
                                        "#" + error.pointer(),
                                        t.of(error.key(), error.arguments().toArray())))
                                .toList());
            case NotFound ignored -> of(HttpStatus.NOT_FOUND, t);
            case AccessDeniedException ignored -> of(HttpStatus.FORBIDDEN, t);
            case OptimisticLockingFailureException ignored -> of(HttpStatus.CONFLICT, t);
            case BindException invalid -> invalid(invalid.getBindingResult(), t);
            case ConstraintViolationException invalid -> invalid(invalid, t);
            case HandlerMethodValidationException invalid -> invalid(invalid, t);
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable, t);
            case JacksonException json -> json(json, t);
            case MethodArgumentTypeMismatchException mismatch ->
                bad("#/" + mismatch.getName(), t.of("web.field.unreadable"), t);
            case TypeMismatchException mismatch ->
                bad("#/" + mismatch.getPropertyName(), t.of("web.field.unreadable"), t);
            case MaxUploadSizeExceededException ignored -> of(HttpStatus.CONTENT_TOO_LARGE, t);
            case BodyLimit.TooLong ignored -> of(HttpStatus.CONTENT_TOO_LARGE, t);
            case InvalidParameterException form -> of(form.getErrorCode(), t);
            case BadRequestException ignored -> of(HttpStatus.BAD_REQUEST, t);
            case MultipartException ignored -> of(HttpStatus.BAD_REQUEST, t);
            case org.springframework.web.bind.MissingServletRequestParameterException missing ->
                bad("#/" + missing.getParameterName(), t.of("web.field.missing"), t);
            case org.springframework.web.bind.MissingRequestHeaderException missing ->
                bad("#/" + missing.getHeaderName(), t.of("web.field.missing"), t);
            case ServletRequestBindingException ignored -> of(HttpStatus.BAD_REQUEST, t);
            case ErrorResponse response -> of(response.getStatusCode().value(), t);
            case CannotCreateTransactionException ignored -> of(HttpStatus.SERVICE_UNAVAILABLE, t);
            case DataAccessResourceFailureException ignored -> of(HttpStatus.SERVICE_UNAVAILABLE, t);
            case TransientDataAccessException ignored -> of(HttpStatus.SERVICE_UNAVAILABLE, t);
            case DataAccessException data ->
                of(state(data).equals(INVALID_TEXT) ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR, t);
            default -> of(HttpStatus.INTERNAL_SERVER_ERROR, t); // whatever else there is
        };
    }

    static Failure of(int status, Texts t) {
        HttpStatus known = HttpStatus.resolve(status);
        return of(known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known, t);
    }

    private static Failure refusal(Refused refused, Texts t) {
        var marked = AnnotatedElementUtils.findMergedAnnotation(refused.getClass(), ResponseStatus.class);
        HttpStatus status = marked == null ? HttpStatus.UNPROCESSABLE_CONTENT : marked.code();
        return new Failure(
                status, "urn:bihuan:refused:" + refused.key(), t.of("web.failure.refused"), t.of(refused), List.of());
    }

    private static Failure invalid(BindingResult result, Texts t) {
        var problems = new ArrayList<Problem>();
        for (ObjectError error : result.getAllErrors()) {
            String path = error instanceof FieldError field ? field.getField() : "";
            problems.add(new Problem(pointer(path), FieldErrors.text(error, t)));
        }
        return of(HttpStatus.BAD_REQUEST, t, problems);
    }

    private static Failure invalid(ConstraintViolationException invalid, Texts t) {
        var problems = new ArrayList<Problem>();
        for (ConstraintViolation<?> violation : invalid.getConstraintViolations()) {
            problems.add(new Problem(pointer(violation.getPropertyPath().toString()), FieldErrors.text(violation, t)));
        }
        return of(HttpStatus.BAD_REQUEST, t, problems);
    }

    private static Failure invalid(HandlerMethodValidationException invalid, Texts t) {
        var problems = new ArrayList<Problem>();
        for (var result : invalid.getParameterValidationResults()) {
            String name = String.valueOf(result.getMethodParameter().getParameterName());
            for (var error : result.getResolvableErrors()) {
                String path = error instanceof FieldError field ? field.getField() : name;
                String text = error instanceof ObjectError object
                        ? FieldErrors.text(object, t)
                        : t.of("web.field.unreadable");
                problems.add(new Problem(pointer(path), text));
            }
        }
        return of(HttpStatus.BAD_REQUEST, t, problems);
    }

    private static Failure unreadable(HttpMessageNotReadableException unreadable, Texts t) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimit.TooLong) {
                return of(HttpStatus.CONTENT_TOO_LARGE, t);
            }
        }
        return unreadable.getCause() instanceof JacksonException json
                ? json(json, t)
                : bad("#", t.of("web.json.missing"), t);
    }

    private static Failure json(JacksonException json, Texts t) {
        return switch (json) {
            case UnrecognizedPropertyException unknown -> bad(pointer(json), t.of("web.json.unknown"), t);
            case InvalidFormatException format -> bad(pointer(json), misfit(format, t), t);
            case StreamReadException broken -> bad(pointer(json), broken(broken, t), t);
            case MismatchedInputException ignored -> bad(pointer(json), t.of("web.json.type"), t);
            default -> bad(pointer(json), t.of("web.field.unreadable"), t);
        };
    }

    private static String misfit(InvalidFormatException format, Texts t) {
        Class<?> wanted = format.getTargetType();
        if (wanted == String.class) {
            return t.of("web.field.unstorable");
        }
        return wanted != null && wanted.isEnum() ? t.of("web.json.choice", choices(wanted)) : t.of("web.json.type");
    }

    private static String broken(StreamReadException broken, Texts t) {
        var at = broken.getLocation();
        return at == null
                ? t.of("web.json.broken.somewhere")
                : t.of("web.json.broken", Math.max(at.getLineNr(), 1), Math.max(at.getColumnNr(), 1));
    }

    private static String choices(Class<?> type) {
        var names = new ArrayList<String>();
        for (Object constant : type.getEnumConstants()) {
            names.add(((Enum<?>) constant).name());
        }
        return String.join(", ", names);
    }

    private static String pointer(JacksonException json) {
        var pointer = new StringBuilder("#");
        for (var step : json.getPath()) {
            String name = step.getPropertyName();
            pointer.append('/').append(name == null ? String.valueOf(step.getIndex()) : escaped(name));
        }
        return pointer.toString();
    }

    /** {@code items[0].name} as {@code #/items/0/name}. */
    private static String pointer(String path) {
        return path.isEmpty()
                ? "#"
                : "#/"
                        + escaped(path)
                                .replace("].", "/")
                                .replace("]", "")
                                .replace('[', '/')
                                .replace('.', '/');
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String state(DataAccessException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.sql.SQLException sql) {
                String state = sql.getSQLState();
                return state == null ? "" : state;
            }
        }
        return "";
    }

    /** Whether whoever keeps the system must hear of it. */
    boolean isOurs() {
        return status.is5xxServerError();
    }

    @Nullable
    String code() {
        return type.startsWith("urn:") ? type.substring(type.lastIndexOf(':') + 1) : null;
    }
}
