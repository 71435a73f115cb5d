package io.atalaya.console;

import jakarta.servlet.http.HttpServletRequest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How many expensive requests a person may send: no one reads so fast, but a script does. */
final class Limits {
    static final int A_MINUTE = 30;
    private static final long MINUTE_MS = TimeUnit.MINUTES.toMillis(1);

    private static final Set<String> EXPENSIVE =
            Set.of(
                    "POST /api/exports",
                    "GET /api/audit",
                    "GET /api/audit/verify",
                    "GET /api/health/series");

    private final Map<String, Deque<Long>> sent = new ConcurrentHashMap<>();

    static boolean isExpensive(HttpServletRequest request) {
        return EXPENSIVE.contains(request.getMethod() + " " + request.getRequestURI())
                || request.getRequestURI().equals("/api/items")
                        && request.getParameter("plate") != null;
    }

    /** After how many seconds the person may send the next one; 0 for now, which then counts. */
    long retryAfterSeconds(String person, long now) {
        Deque<Long> of = sent.computeIfAbsent(person, name -> new ArrayDeque<>());
        synchronized (of) {
            while (!of.isEmpty() && of.peek() <= now - MINUTE_MS) {
                of.remove();
            }
            if (of.size() >= A_MINUTE) {
                return Math.max(1, (of.peek() + MINUTE_MS - now + 999) / 1000);
            }
            of.add(now);
            return 0;
        }
    }
}
