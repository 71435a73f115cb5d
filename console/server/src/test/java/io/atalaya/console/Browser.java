package io.atalaya.console;

import io.atalaya.console.request.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser as far as the server knows: cookies, the token against forged requests, a stream. */
final class Browser {
    private final String origin;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new HashMap<>();

    record Answer(int status, String body, byte[] bytes, Map<String, List<String>> headers) {
        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }
    }

    Browser(String origin) {
        this.origin = origin;
    }

    /** The value of a cookie, or null. */
    String cookie(String name) {
        return cookies.get(name);
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, Object body) {
        return call("POST", path, body);
    }

    Answer call(String method, String path, Object body) {
        return call(method, path, body, true);
    }

    Answer call(String method, String path, Object body, boolean withToken) {
        try {
            HttpRequest.Builder request = request(path);
            if (withToken && cookies.containsKey(Security.CSRF_COOKIE)) {
                request.header("X-XSRF-TOKEN", cookies.get(Security.CSRF_COOKIE));
            }
            request.method(
                    method,
                    method.equals("GET")
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(
                                    body == null ? "{}" : Json.text(body)));
            HttpResponse<byte[]> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            keep(response);
            return new Answer(
                    response.statusCode(),
                    new String(response.body(), StandardCharsets.UTF_8),
                    response.body(),
                    response.headers().map());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks for a part of a file. */
    Answer range(String path, String range) {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request(path).header("Range", "bytes=" + range).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    new String(response.body(), StandardCharsets.UTF_8),
                    response.body(),
                    response.headers().map());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path))
                        .header("Content-Type", "application/json");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private void keep(HttpResponse<?> response) {
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
    }

    /** A stream that is open, with what has come so far. */
    static final class Events implements AutoCloseable {
        private static final Pattern RECEIVED = Pattern.compile("\"receivedAt\":([0-9]{13})");

        private final InputStream in;
        private final StringBuilder text = new StringBuilder();
        private final List<Chunk> chunks = new ArrayList<>();
        private final Thread reader;

        private record Chunk(int from, long at) {}

        Events(InputStream in) {
            this.in = in;
            this.reader =
                    new Thread(
                            () -> {
                                byte[] some = new byte[65536];
                                try {
                                    for (int n = in.read(some); n >= 0; n = in.read(some)) {
                                        synchronized (text) {
                                            chunks.add(
                                                    new Chunk(
                                                            text.length(),
                                                            System.currentTimeMillis()));
                                            text.append(
                                                    new String(
                                                            some,
                                                            0,
                                                            n,
                                                            StandardCharsets.ISO_8859_1));
                                            text.notifyAll();
                                        }
                                    }
                                    synchronized (text) {
                                        text.append("\nENDED\n");
                                        text.notifyAll();
                                    }
                                } catch (IOException e) {
                                    synchronized (text) {
                                        text.append("\nCLOSED ").append(e).append('\n');
                                        text.notifyAll();
                                    }
                                }
                            });
            reader.setDaemon(true);
            reader.start();
        }

        String all() {
            synchronized (text) {
                return text.toString();
            }
        }

        /** Waits for a text and returns how long that took, in milliseconds. */
        long await(String wanted) {
            long start = System.nanoTime();
            synchronized (text) {
                while (text.indexOf(wanted) < 0) {
                    if (System.nanoTime() - start > 240_000_000_000L) {
                        throw new AssertionError("no '" + wanted + "' in " + text);
                    }
                    try {
                        text.wait(1_000);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            return (System.nanoTime() - start) / 1_000_000;
        }

        int resyncs() {
            return all().split("event: resync", -1).length - 1;
        }

        /**
         * From the entry into the topic until here, for the first arrival of each item in
         * milliseconds, and begins again.
         */
        Map<String, Long> delays(Pattern item) {
            Map<String, Long> delays = new HashMap<>();
            synchronized (text) {
                Matcher found = item.matcher(text);
                Matcher received = RECEIVED.matcher(text);
                int chunk = 0;
                while (found.find()) {
                    if (received.find(found.end())) {
                        while (chunk + 1 < chunks.size()
                                && chunks.get(chunk + 1).from < received.end()) {
                            chunk++;
                        }
                        delays.putIfAbsent(
                                found.group(1),
                                chunks.get(chunk).at - Long.parseLong(received.group(1)));
                    }
                }
                text.setLength(0);
                chunks.clear();
            }
            return delays;
        }

        String lastId() {
            String[] parts = all().split("\nid: ");
            return parts[parts.length - 1].split("\n", 2)[0];
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    Events stream(String lastId) {
        try {
            HttpRequest.Builder request = request("/api/stream");
            if (lastId != null) {
                request.header("Last-Event-ID", lastId);
            }
            return new Events(
                    http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A stream of which nothing is kept; done when it has ended. */
    CompletableFuture<?> drainedStream() {
        return http.sendAsync(
                request("/api/stream").build(), HttpResponse.BodyHandlers.discarding());
    }
}
