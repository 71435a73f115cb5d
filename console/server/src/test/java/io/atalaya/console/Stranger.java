package io.atalaya.console;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Someone without a session who sends requests at a steady rate, from eight addresses. */
final class Stranger implements AutoCloseable {
    /** How long a half-sent request is left open; the server waits less. */
    static final int HELD_SECONDS = 12;

    private static final int ADDRESSES = 8;
    private static final int KINDS = 20;
    private static final int AT_ONCE = 1_000;
    private static final int ANSWER_MS = 5_000;
    private static final int JUST_UNDER = 8_100;
    private static final int FAR_OVER = 1_000_000;

    private final int port;
    private final ThreadPoolExecutor senders =
            new ThreadPoolExecutor(0, AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final LongAdder sent = new LongAdder();
    private final Queue<Held> held = new ConcurrentLinkedQueue<>();
    private final long start = System.nanoTime();
    private final Thread pace;

    private record Held(Socket socket, long since) {}

    Stranger(int port, int aSecond) {
        this.port = port;
        this.pace = new Thread(() -> pace(aSecond), "stranger");
        pace.start();
    }

    private void pace(int aSecond) {
        for (long i = 0; !Thread.currentThread().isInterrupted(); i++) {
            LockSupport.parkNanos(start + i * 1_000_000_000L / aSecond - System.nanoTime());
            long number = i;
            try {
                senders.execute(() -> send(number));
            } catch (RejectedExecutionException e) {
                count("not sent: too many wait for an answer");
            }
            closeHeld(System.nanoTime() - TimeUnit.SECONDS.toNanos(HELD_SECONDS));
        }
    }

    private void send(long number) {
        Socket socket = new Socket();
        try {
            // Each address goes through all kinds in turn.
            int address = (int) (number / KINDS % ADDRESSES);
            socket.bind(
                    new InetSocketAddress(
                            InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + address)}),
                            0));
            socket.setSoTimeout(ANSWER_MS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWER_MS);
            int kind = (int) (number % KINDS);
            OutputStream out = socket.getOutputStream();
            out.write(request(kind, number).getBytes(StandardCharsets.US_ASCII));
            sent.increment();
            if (kind >= 18) {
                held.add(new Held(socket, System.nanoTime()));
                count("left half-sent");
                return;
            }
            byte[] line = socket.getInputStream().readNBytes(12);
            count(line.length < 12 ? "closed" : new String(line, 9, 3, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            count(e.getClass().getSimpleName());
        }
        close(socket);
    }

    private static String request(int kind, long number) {
        return switch (kind) {
            case 0, 1 -> login("boss", 60, 60);
            case 2, 3 -> login("name" + number, 60, 60);
            case 4 -> login("boss", JUST_UNDER, JUST_UNDER);
            case 5 -> login("boss", FAR_OVER, JUST_UNDER);
            case 6, 7 -> get("/api/%69tems?plate=NKR*");
            case 8, 9 -> get("/wp-admin/" + number);
            case 10 -> get("/api/session");
            case 11, 12, 13, 14 -> get("/api/items?plate=NKR" + number);
            case 15, 16, 17 -> get("/api/stream");
            case 18 -> login("boss", JUST_UNDER, JUST_UNDER / 2);
            default -> "GET /api/session HTTP/1.1\r\nHost: localhost\r\nX-Half: ";
        };
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    /** A wrong password with a body that says to be so long, of which so much is sent. */
    private static String login(String name, int length, int sent) {
        String begin = "{\"name\":\"" + name + "\",\"password\":\"";
        String body = begin + "x".repeat(Math.max(1, length - begin.length() - 2)) + "\"}";
        return "POST /api/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n"
                + "Cookie: "
                + Security.CSRF_COOKIE
                + "=5b3c\r\nX-XSRF-TOKEN: 5b3c\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body.substring(0, Math.min(sent, body.length()));
    }

    private void closeHeld(long until) {
        for (Held each = held.peek(); each != null && each.since <= until; each = held.peek()) {
            close(held.remove().socket);
        }
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, any -> new LongAdder()).increment();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many requests a second have reached the server. */
    double aSecond() {
        return sent.sum() * 1e9 / (System.nanoTime() - start);
    }

    /** How many were answered with which status, or how they ended else. */
    Map<String, Long> answers() {
        Map<String, Long> counts = new TreeMap<>();
        answers.forEach((answer, count) -> counts.put(answer, count.sum()));
        return counts;
    }

    @Override
    public void close() throws InterruptedException {
        pace.interrupt();
        pace.join();
        senders.shutdown();
        senders.awaitTermination(ANSWER_MS, TimeUnit.MILLISECONDS);
        closeHeld(Long.MAX_VALUE);
    }
}
