package io.atalaya.console;

import io.atalaya.console.connection.Settings;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

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
    ResponseEntity<Resource> file(@PathVariable String page) {
        if (!isBuilt()) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .contentType(TEXT)
                    .body(new ByteArrayResource(NO_WEB.getBytes(StandardCharsets.UTF_8)));
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
                .body(new FileSystemResource(file));
    }
}
