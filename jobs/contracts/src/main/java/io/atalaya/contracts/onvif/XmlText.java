package io.atalaya.contracts.onvif;

import io.atalaya.contracts.json.InvalidRecordException;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes an XML message by its byte order mark or its declaration. The parser could do so itself,
 * but it prints errors to standard error and accepts a hundred encodings.
 */
final class XmlText {
    private static final int DECLARATION = 128;

    private static final Pattern ENCODING =
            Pattern.compile("^<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    /** A superset of the older Chinese encodings GB2312 and GBK. */
    private static final Charset GB18030 = Charset.forName("GB18030");

    private static final Map<String, Charset> CHARSETS =
            Map.of(
                    "utf-8", StandardCharsets.UTF_8,
                    "utf8", StandardCharsets.UTF_8,
                    "us-ascii", StandardCharsets.UTF_8,
                    "ascii", StandardCharsets.UTF_8,
                    "utf-16", StandardCharsets.UTF_16,
                    "iso-8859-1", StandardCharsets.ISO_8859_1,
                    "windows-1252", Charset.forName("windows-1252"),
                    "gb2312", GB18030,
                    "gbk", GB18030,
                    "gb18030", GB18030);

    private XmlText() {}

    static String decode(byte[] message) throws InvalidRecordException {
        Charset charset = charset(message);
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(message)).toString();
        } catch (CharacterCodingException e) {
            throw InvalidRecordException.fault(
                    "value", "bytes that are not " + charset.name(), charset.name() + " text");
        }
        // XML forbids anything before a declaration, but gateways add line breaks and C programs
        // send the NUL that ends their strings.
        return (text.startsWith("\ufeff") ? text.substring(1) : text).trim();
    }

    private static Charset charset(byte[] message) throws InvalidRecordException {
        if (message.length >= 2
                && (message[0] == (byte) 0xfe && message[1] == (byte) 0xff
                        || message[0] == (byte) 0xff && message[1] == (byte) 0xfe)) {
            return StandardCharsets.UTF_16;
        }
        int from = 0;
        while (from < message.length && message[from] >= 0 && message[from] <= ' ') {
            from++;
        }
        String head =
                new String(
                        message,
                        from,
                        Math.min(message.length - from, DECLARATION),
                        StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(head);
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        Charset charset = CHARSETS.get(declared.group(1).toLowerCase(Locale.ROOT));
        if (charset == null) {
            throw new InvalidRecordException(
                    "value",
                    declared.group(1),
                    "an encoding: UTF-8, UTF-16, ISO-8859-1, windows-1252 or GB18030");
        }
        return charset;
    }
}
