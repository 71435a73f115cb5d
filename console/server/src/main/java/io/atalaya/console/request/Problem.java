package io.atalaya.console.request;

import org.springframework.http.HttpStatus;

/** A refusal, as the browser receives it. */
public final class Problem extends RuntimeException {
    private static final int MAX_VALUE = 80;

    private final HttpStatus status;
    private final Body body;

    /**
     * The body of the response.
     *
     * @param code stable, for the browser's words
     * @param detail for people who read logs, or null
     * @param field at fault, or null
     * @param retryAfterSeconds or null
     */
    public record Body(String code, String detail, String field, Long retryAfterSeconds) {}

    public Problem(HttpStatus status, Body body) {
        super(body.code + (body.detail == null ? "" : ": " + body.detail), null, false, false);
        this.status = status;
        this.body = body;
    }

    /** A refusal with a code of the interface and a sentence. */
    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(status, new Body(code, detail, null, null));
    }

    /** A field that is missing or wrong, and what is expected of it. */
    public static Problem invalid(String field, String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, new Body("invalid", detail, field, null));
    }

    /** Of a value that is no secret. */
    public static Problem invalid(String field, Object value, String expected) {
        return invalid(
                field,
                (value == null ? "missing" : "is " + shortened(value)) + "; expected " + expected);
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "…" : text;
    }

    /** The same for what is not there and for what may not be known of. */
    public static Problem notFound() {
        return of(HttpStatus.NOT_FOUND, "not-found", null);
    }

    /** The database or the broker does not answer. */
    public static Problem unavailable(String detail) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", detail);
    }

    /**
     * A password, PIN or key that is not right.
     *
     * @param detail what helps, or null
     */
    public static Problem badCredentials(String detail) {
        return of(HttpStatus.UNAUTHORIZED, "bad-credentials", detail);
    }

    /**
     * Too many requests.
     *
     * @param retryAfterSeconds after which one may be accepted
     */
    public static Problem tooMany(long retryAfterSeconds) {
        return new Problem(
                HttpStatus.TOO_MANY_REQUESTS, new Body("too-many", null, null, retryAfterSeconds));
    }

    public HttpStatus status() {
        return status;
    }

    public Body body() {
        return body;
    }
}
