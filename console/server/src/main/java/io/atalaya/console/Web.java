package io.atalaya.console;

import io.atalaya.console.connection.Settings;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves the browser's part. Every path that is no file is a page of it. */
@RestController
class Web {
    static final String NO_WEB =
            """
            La pantalla no está construida, y el servidor corre sin ella: hace falta Node 20.19 o más nuevo.
            Instálelo, ejecute scripts/build y vuelva a cargar esta página.

            The screen is not built, and the server runs without it: Node 20.19 or newer is missing.
            Install it, run scripts/build, and load this page again.
            """;

    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=utf-8");

    private final Path root;

    Web(Settings settings) {
        this.root = settings.web();
    }

    boolean isBuilt() {
        return root != null && Files.isRegularFile(root.resolve("index.html"));
    }

    @GetMapping("/{*page}")
    ResponseEntity<byte[]> file(@PathVariable String page) throws IOException {
        if (!isBuilt()) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .contentType(TEXT)
                    .body(NO_WEB.getBytes(StandardCharsets.UTF_8));
        }
        String path = page.substring(1);
        Path file = root.resolve(path).normalize();
        boolean isFile =
                path.contains(".")
                        && file.startsWith(root.normalize())
                        && Files.isRegularFile(file);
        if (!isFile && path.contains(".")) {
            return ResponseEntity.notFound().build();
        }
        if (!isFile) {
            file = root.resolve("index.html");
        }
        return ResponseEntity.ok()
                .contentType(
                        MediaTypeFactory.getMediaType(file.getFileName().toString())
                                .orElse(MediaType.APPLICATION_OCTET_STREAM))
                // Vite names what it builds by its contents.
                .header(
                        "Cache-Control",
                        isFile && path.startsWith("assets/")
                                ? "public, max-age=31536000, immutable"
                                : "no-cache")
                .body(Files.readAllBytes(file));
    }

    /** Turns faults into the console's form of errors. */
    @RestControllerAdvice
    static class Faults {
        private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

        @ExceptionHandler(Problem.class)
        ResponseEntity<Problem.Body> problem(Problem e) {
            return ResponseEntity.status(e.status())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(e.body());
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

        @ExceptionHandler(DataAccessException.class)
        ResponseEntity<Problem.Body> database(DataAccessException e) {
            LOG.warn("The database did not answer: {}", e.getMostSpecificCause().toString());
            return problem(Problem.unavailable("the database does not answer"));
        }

        @ExceptionHandler(RuntimeException.class)
        ResponseEntity<Problem.Body> other(RuntimeException e) {
            LOG.error("A request failed", e);
            return problem(Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal", null));
        }
    }
}
