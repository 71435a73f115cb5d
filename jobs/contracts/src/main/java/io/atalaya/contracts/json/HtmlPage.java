package io.atalaya.contracts.json;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web page where a record should be: what a proxy or a login in the way answers and forwards. */
public final class HtmlPage {
    private static final int HEAD = 2_048;

    private static final Pattern PAGE =
            Pattern.compile(
                    "^\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+)?html\\b",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>\\s*([^<]+)", Pattern.CASE_INSENSITIVE);

    private HtmlPage() {}

    /**
     * Refuses a message that is a page, and names its title: it often says what went wrong. To be
     * asked about what could not be read, for nothing that can be is a page.
     *
     * @param expected instead of it
     */
    public static void refuse(byte[] message, String expected) throws InvalidRecordException {
        if (!new FirstLevelNames(message).isXml()) {
            return;
        }
        String head =
                new String(message, 0, Math.min(message.length, HEAD), StandardCharsets.UTF_8)
                        .replace("\ufeff", "");
        if (PAGE.matcher(head).find()) {
            Matcher title = TITLE.matcher(head);
            throw InvalidRecordException.fault(
                    "value",
                    "an HTML page, "
                            + (title.find()
                                    ? '"' + title.group(1).strip() + '"'
                                    : "without a title"),
                    expected);
        }
    }
}
