package io.atalaya.fuzzing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Repeats a part of an input, because a reader with quadratic time shows it only on an input larger
 * than the fuzzer generates.
 *
 * @param from first byte of the part
 * @param to end of the part, exclusive
 * @param isElement whether it is an element of a JSON array, so that commas separate the
 *     repetitions
 */
record Repetition(byte[] input, int from, int to, boolean isElement) {
    private static final int MAX_SLICE = 64;
    private static final Pattern TAG = Pattern.compile("<([\\w:]+)[^>]*?(/?)>");

    /**
     * A repetition of arbitrary bytes or of a whole JSON or XML element; the input must not be
     * empty.
     */
    static Repetition of(byte[] input, SplittableRandom random) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        List<int[]> elements = List.of();
        if (random.nextBoolean()) {
            elements = text.stripLeading().startsWith("<") ? ofXml(text) : ofJson(text);
        }
        if (elements.isEmpty()) {
            int from = random.nextInt(input.length);
            int length = 1 + random.nextInt(Math.min(MAX_SLICE, input.length - from));
            return new Repetition(input, from, from + length, false);
        }
        int[] element = elements.get(random.nextInt(elements.size()));
        return new Repetition(input, element[0], element[1], input[element[0]] != '<');
    }

    private static List<int[]> ofXml(String text) {
        List<int[]> elements = new ArrayList<>();
        Matcher tags = TAG.matcher(text);
        while (tags.find()) {
            String end = tags.group(2).isEmpty() ? "</" + tags.group(1) + ">" : "";
            int to = text.indexOf(end, tags.end());
            if (to >= 0) {
                elements.add(new int[] {tags.start(), to + end.length()});
            }
        }
        return elements;
    }

    private static List<int[]> ofJson(String text) {
        List<int[]> elements = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        int quote = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote >= 0) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    elements.add(new int[] {quote, i + 1});
                    quote = -1;
                }
            } else if (c == '"') {
                quote = i;
            } else if (c == '{' || c == '[') {
                open.push(i);
            } else if ((c == '}' || c == ']') && !open.isEmpty()) {
                elements.add(new int[] {open.pop(), i + 1});
            }
        }
        return elements;
    }

    /** The input with the part repeated up to at least {@code size} bytes. */
    byte[] bytes(int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size + input.length);
        bytes.write(input, 0, from);
        while (bytes.size() < size) {
            bytes.write(input, from, to - from);
            if (isElement) {
                bytes.write(',');
            }
        }
        bytes.write(input, from, input.length - from);
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return "bytes " + from + " to " + to + " repeated";
    }
}
