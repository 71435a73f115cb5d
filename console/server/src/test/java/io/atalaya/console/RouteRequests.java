package io.atalaya.console;

import io.atalaya.console.security.Routes;
import io.atalaya.contracts.hotlist.HotlistEntry;

import com.fasterxml.jackson.annotation.JsonProperty;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests to the routes of the server's own table: right ones, nearly right ones and nonsense.
 * Parameters and bodies are those of the methods that answer the routes, so that a new route is
 * called, too.
 */
final class RouteRequests {
    private static final int MAX_KNOWN = 200;
    private static final int MAX_DEPTH = 5;
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"([^\"\\\\]{1,200})\"");
    private static final Pattern SECRET = Pattern.compile("/(first|wall/[0-9]+)#([\\w-]+)");

    /** After these the session is of no use. */
    private static final Set<String> ENDING = Set.of("/api/logout", "/api/session/lock");

    /** The parameters of a filter of items, which the method takes as one map. */
    private static final List<String> FILTER =
            List.of(
                    "list",
                    "type",
                    "kind",
                    "site",
                    "deviceId",
                    "source",
                    "reason",
                    "minPriority",
                    "plate",
                    "muted",
                    "bbox");

    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "\0",
                    "a\0b",
                    "\u00a0",
                    "\ud800",
                    "\udc00x",
                    "\u202eana",
                    "\u200b",
                    "\u2028",
                    "\ufeff",
                    "\uffff",
                    "\u3164",
                    "e\u0301".repeat(40),
                    "\u0130",
                    "\u1e9e",
                    "\ud83d\ude93",
                    "\uffa0",
                    "a".repeat(65),
                    "a".repeat(129),
                    "a".repeat(1_025),
                    "\u00f1".repeat(3_000),
                    "\ufdfa".repeat(700),
                    "9".repeat(400),
                    "-1",
                    "0",
                    "1e400",
                    "NaN",
                    "Infinity",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "2147483648",
                    "253402300800000",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "../../etc/passwd",
                    "%00",
                    "%zz",
                    "'; DROP TABLE account; --",
                    "\\",
                    "*".repeat(31) + "\u00a7",
                    "?*?*",
                    ":",
                    "alert:",
                    "incident:",
                    ",",
                    ",,,",
                    "\r\nX: y",
                    "<script>",
                    "${jndi:x}",
                    "wall-1",
                    "unknown");

    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "-1",
                    "-0",
                    "1",
                    "2147483647",
                    "-2147483648",
                    "2147483648",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "253402300800000",
                    "1e3",
                    "1.5",
                    "1e400",
                    "-1e-400",
                    "1E999999999",
                    "9".repeat(2_000));

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO");

    private static final List<String> CONTENT_TYPES =
            List.of(
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/json; charset=utf-16",
                    "application/json; charset=none",
                    "application/cbor",
                    "x",
                    "*/*",
                    "application/");

    /**
     * One request, of which each character is a byte.
     *
     * @param path with the query
     */
    record Sent(Routes.Route route, String method, String path, String contentType, String body) {}

    /** The pattern with names of its variables, and the method that answers. */
    private record Answered(String pattern, Method by) {}

    private final Map<String, List<String>> known = new HashMap<>();
    private final Arbitrary<Sent> all;

    RouteRequests(RequestMappingHandlerMapping mapping) {
        Map<String, Answered> answered = new HashMap<>();
        mapping.getHandlerMethods()
                .forEach(
                        (info, handler) -> {
                            for (RequestMethod by : info.getMethodsCondition().getMethods()) {
                                for (String pattern : info.getPatternValues()) {
                                    answered.put(
                                            by + " " + VARIABLE.matcher(pattern).replaceAll("*"),
                                            new Answered(pattern, handler.getMethod()));
                                }
                            }
                        });
        List<Tuple.Tuple2<Integer, Arbitrary<Sent>>> each = new ArrayList<>();
        for (Routes.Route route : Routes.ALL) {
            String name = route.method() + " " + route.pattern();
            assertThat(answered).containsKey(name);
            each.add(
                    Tuple.of(
                            ENDING.contains(route.pattern()) ? 1 : 20,
                            requests(route, answered.get(name))));
        }
        all = Arbitraries.frequencyOf(each);
    }

    Arbitrary<Sent> all() {
        return all;
    }

    /** Values that a field or variable of this name may have. */
    void learn(String name, String... values) {
        List<String> of = known.computeIfAbsent(name, key -> new ArrayList<>());
        for (String value : values) {
            if (!of.contains(value)) {
                of.add(value);
            }
            if (of.size() > MAX_KNOWN) {
                // What was there at the beginning is right, and stays.
                of.remove(MAX_KNOWN / 2);
            }
        }
    }

    /** Takes ids and secrets from an answer, so that later requests name what there is. */
    void learn(String answer) {
        Matcher field = FIELD.matcher(answer);
        while (field.find()) {
            if (known.containsKey(field.group(1))) {
                learn(field.group(1), field.group(2));
            }
        }
        Matcher secret = SECRET.matcher(answer);
        while (secret.find()) {
            learn("token", secret.group(2));
            learn("key", secret.group(2));
        }
    }

    private static <T> Arbitrary<T> often(int of10, Arbitrary<T> usual, Arbitrary<T> seldom) {
        return Arbitraries.frequencyOf(Tuple.of(of10, usual), Tuple.of(10 - of10, seldom));
    }

    private Arbitrary<String> text(String name) {
        known.computeIfAbsent(name, key -> new ArrayList<>());
        Arbitrary<String> right =
                Arbitraries.integers()
                        .between(0, 1 << 20)
                        .map(
                                i -> {
                                    List<String> of = known.get(name);
                                    return of.isEmpty()
                                            ? new UUID(1, i).toString()
                                            : of.get(i % of.size());
                                });
        return Arbitraries.frequencyOf(
                Tuple.of(12, right),
                Tuple.of(3, Arbitraries.of(TEXTS)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(20)),
                Tuple.of(1, Arbitraries.of(TEXTS).flatMap(end -> right.map(of -> of + end))));
    }

    private Arbitrary<Sent> requests(Routes.Route route, Answered answered) {
        Arbitrary<String> path = Arbitraries.just(answered.pattern);
        Arbitrary<String> query = Arbitraries.just("");
        Arbitrary<String> body = often(9, Arbitraries.just(""), anything(0));
        for (Parameter each : answered.by.getParameters()) {
            if (each.isAnnotationPresent(PathVariable.class)) {
                String variable = "{" + each.getName() + "}";
                path =
                        Combinators.combine(path, text(each.getName()))
                                .as((before, value) -> before.replace(variable, escaped(value)));
            } else if (each.isAnnotationPresent(RequestParam.class)) {
                String own = each.getAnnotation(RequestParam.class).value();
                boolean isFilter = each.getType() == MultiValueMap.class;
                for (String name :
                        isFilter ? FILTER : List.of(own.isEmpty() ? each.getName() : own)) {
                    query =
                            Combinators.combine(query, parameter(name, isFilter ? 8 : 5))
                                    .as(RouteRequests::with);
                }
            } else if (each.isAnnotationPresent(RequestBody.class)) {
                body = bodies(each.getParameterizedType());
            }
        }
        Arbitrary<String> methods =
                often(9, Arbitraries.just(route.method().name()), Arbitraries.of(METHODS));
        Arbitrary<String> types =
                Arbitraries.frequencyOf(
                        Tuple.of(29, Arbitraries.just("application/json")),
                        Tuple.of(1, Arbitraries.of(CONTENT_TYPES)));
        return Combinators.combine(
                        path.flatMap(RouteRequests::spelled), query, methods, types, body)
                .as((at, asked, by, type, sent) -> new Sent(route, by, at + asked, type, sent));
    }

    /** The same path, and others that are written nearly so. */
    private static Arbitrary<String> spelled(String path) {
        return Arbitraries.frequencyOf(
                Tuple.of(40, Arbitraries.just(path)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                path.replaceFirst("/api", "//api"),
                                path.replaceFirst("/api", "/%61pi"),
                                path.replaceFirst("/api", "/api;x=1"),
                                path.replaceFirst("/api", "/./api"),
                                path.replaceFirst("/api", "/x/../api"),
                                path.replaceFirst("/api", "/x/%2e%2e/api"),
                                path.replaceFirst("/api", "/API"),
                                path.replaceFirst("/api", "/api%2f"),
                                path.replaceFirst("/api", "/api%5c"),
                                path.replaceFirst("/api", "http://x/api"),
                                path.replaceFirst("/api", "/api\u00ff"),
                                path + "/",
                                path + ".json",
                                path + "%00",
                                path + "%ff",
                                path + "?" + "a=b&".repeat(200))));
    }

    private static String with(String query, String parameter) {
        return parameter.isEmpty() ? query : query + (query.isEmpty() ? "?" : "&") + parameter;
    }

    /**
     * One parameter of a query.
     *
     * @param missing how often it is, of ten times
     */
    private Arbitrary<String> parameter(String name, int missing) {
        Arbitrary<String> given =
                Arbitraries.frequencyOf(
                        Tuple.of(20, text(name).map(value -> name + "=" + escaped(value))),
                        Tuple.of(10, Arbitraries.of(NUMBERS).map(value -> name + "=" + value)),
                        Tuple.of(
                                1,
                                Arbitraries.of(
                                        name,
                                        name + "=%00",
                                        name + "=%",
                                        name + "=%ff%fe",
                                        name + "=1&" + name + "=2",
                                        name + "[]=1",
                                        "%00=1")));
        return often(missing, Arbitraries.just(""), given);
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Arbitrary<String> bodies(Type type) {
        return json(type, "body", 0)
                .flatMap(
                        right ->
                                Arbitraries.frequencyOf(
                                        Tuple.of(40, Arbitraries.just(right)),
                                        Tuple.of(
                                                1,
                                                Arbitraries.integers()
                                                        .between(0, right.length())
                                                        .map(at -> right.substring(0, at))),
                                        Tuple.of(1, Arbitraries.of(broken(right))),
                                        Tuple.of(1, anything(0))))
                .map(RouteRequests::bytes);
    }

    private static List<String> broken(String body) {
        return List.of(
                "",
                "null",
                "[" + body + "]",
                body + "x",
                "\ufeff" + body,
                "[".repeat(2_000),
                "{\"a\":".repeat(1_500),
                "\0",
                "\"" + "a".repeat(5_000) + "\"",
                body.replace(":", ":\n/*x*/"));
    }

    /** As UTF-8, each byte a character. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A value of the type, or nearly one, as JSON. */
    private Arbitrary<String> json(Type type, String name, int depth) {
        return Arbitraries.frequencyOf(
                Tuple.of(30, typed(type, name, depth)),
                Tuple.of(1, anything(depth)),
                Tuple.of(1, Arbitraries.just("null")));
    }

    private Arbitrary<String> typed(Type type, String name, int depth) {
        Class<?> of =
                type instanceof ParameterizedType generic
                        ? (Class<?>) generic.getRawType()
                        : (Class<?>) type;
        if (depth > MAX_DEPTH) {
            return Arbitraries.just("null");
        }
        if (of == String.class) {
            return text(name).map(RouteRequests::quoted);
        }
        if (of == boolean.class || of == Boolean.class) {
            return Arbitraries.of("true", "false");
        }
        if (of.isPrimitive() || Number.class.isAssignableFrom(of)) {
            return often(
                    6,
                    Arbitraries.integers().between(0, 600).map(String::valueOf),
                    Arbitraries.of(NUMBERS));
        }
        if (of.isEnum()) {
            return often(
                    9,
                    Arbitraries.of(of.getEnumConstants()).map(each -> quoted(each.toString())),
                    Arbitraries.of(TEXTS).map(RouteRequests::quoted));
        }
        if (Collection.class.isAssignableFrom(of)) {
            Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
            Arbitrary<String> one =
                    often(9, json(element, name, depth + 1), Arbitraries.just("null"));
            return often(9, one.list().ofMaxSize(4), one.list().ofSize(120))
                    .map(each -> "[" + String.join(",", each) + "]");
        }
        if (of.isRecord()) {
            return object(of, depth);
        }
        if (JsonNode.class.isAssignableFrom(of)) {
            // The only body whose fields the console does not know is an entry of the hot list.
            return object(HotlistEntry.class, depth);
        }
        return anything(depth);
    }

    private Arbitrary<String> object(Class<?> type, int depth) {
        Arbitrary<String> fields = Arbitraries.just("");
        for (RecordComponent each : type.getRecordComponents()) {
            JsonProperty property = each.getAccessor().getAnnotation(JsonProperty.class);
            String name =
                    property == null || property.value().isEmpty()
                            ? each.getName()
                            : property.value();
            Arbitrary<String> field =
                    often(
                            8,
                            json(each.getGenericType(), name, depth + 1)
                                    .map(value -> quoted(name) + ":" + value),
                            Arbitraries.just(""));
            fields = Combinators.combine(fields, field).as(RouteRequests::joined);
        }
        return Arbitraries.frequencyOf(
                Tuple.of(20, fields.map(of -> "{" + of + "}")),
                Tuple.of(1, fields.map(of -> "{" + joined(of, "\"none\":[{}]") + "}")),
                Tuple.of(1, fields.map(of -> "{" + joined(of, of) + "}")));
    }

    private static String joined(String fields, String field) {
        return fields + (fields.isEmpty() || field.isEmpty() ? "" : ",") + field;
    }

    private static Arbitrary<String> anything(int depth) {
        Arbitrary<String> plain =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                "null", "true", "[]", "{}", "[null]", "[[]]", "[{}]", "\"\""),
                        Arbitraries.of(NUMBERS),
                        Arbitraries.of(TEXTS).map(RouteRequests::quoted),
                        Arbitraries.of(
                                "[".repeat(900) + "]".repeat(900),
                                "{\"a\":".repeat(400) + "1" + "}".repeat(400)));
        return depth > 1
                ? plain
                : Arbitraries.oneOf(
                        plain,
                        anything(depth + 1)
                                .list()
                                .ofMaxSize(4)
                                .map(each -> "[" + String.join(",", each) + "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            if (each == '"' || each == '\\' || each < ' ' || Character.isSurrogate(each)) {
                quoted.append(String.format("\\u%04x", (int) each));
            } else {
                quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }
}
