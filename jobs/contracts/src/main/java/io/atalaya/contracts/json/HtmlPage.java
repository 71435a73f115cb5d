package io.atalaya.contracts.json;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web page instead of a record, as a proxy or login page on the route sends it and a sender
 * forwards it.
 */
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
     * Rejects a message that is a web page and names its title, which often states the problem.
     * Call it for unreadable messages only, because a readable message is never a page.
     *
     * @param expected what the message should be
     */
    public static void reject(byte[] message, String expected) throws InvalidRecordException {
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
