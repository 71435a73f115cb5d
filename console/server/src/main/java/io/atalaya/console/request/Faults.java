package io.atalaya.console.request;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns faults into the console's form of errors. */
@RestControllerAdvice
public class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    @ExceptionHandler(Problem.class)
    ResponseEntity<Problem.Body> problem(Problem e) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(e.status());
        if (e.body().retryAfterSeconds() != null) {
            answer.header(HttpHeaders.RETRY_AFTER, e.body().retryAfterSeconds().toString());
        }
        return answer.contentType(MediaType.APPLICATION_JSON).body(e.body());
    }

    @ExceptionHandler
    ResponseEntity<Problem.Body> unreadable(HttpMessageNotReadableException e) {
        return problem(Json.problem(e.getCause()));
    }

    @ExceptionHandler
    ResponseEntity<Problem.Body> invalid(MethodArgumentTypeMismatchException e) {
        return problem(
                Problem.invalid(e.getName(), e.getValue(), Json.expected(e.getRequiredType())));
    }

    @ExceptionHandler
    ResponseEntity<Problem.Body> missing(MissingServletRequestParameterException e) {
        return problem(Problem.invalid(e.getParameterName(), null, "a value"));
    }

    @ExceptionHandler
    ResponseEntity<Problem.Body> invalid(HttpMediaTypeNotSupportedException e) {
        return problem(Problem.invalid("Content-Type", e.getContentType(), "application/json"));
    }

    @ExceptionHandler
    ResponseEntity<Problem.Body> invalid(IllegalArgumentException e) {
        return problem(Problem.invalid(null, e.getMessage()));
    }

    @ExceptionHandler({
        NoResourceFoundException.class,
        HttpRequestMethodNotSupportedException.class,
        ServletRequestBindingException.class
    })
    ResponseEntity<Problem.Body> notFound() {
        return problem(Problem.notFound());
    }

    /** The cause stays in the log. */
    @ExceptionHandler(DataAccessException.class)
    public ResponseEntity<Problem.Body> database(DataAccessException e) {
        LOG.warn("The database did not answer: {}", e.getMostSpecificCause().toString());
        return problem(Problem.unavailable("the database does not answer"));
    }

    /** The same for what no other handler knows. */
    @ExceptionHandler(RuntimeException.class)
    public ResponseEntity<Problem.Body> other(RuntimeException e) {
        LOG.error("A request failed", e);
        return problem(Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal", null));
    }
}
