package io.atalaya.console.queue;

import io.atalaya.console.request.Json;
import io.atalaya.console.security.Viewer;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;

/**
 * From where a browser goes on, as the text that it gives back. It holds for one viewer as the
 * viewer is now, in one run of the console; any other is none, and all must be loaded again.
 */
final class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int TAG_BYTES = 16;

    private final SecretKeySpec key;

    /** Of this run. */
    Cursors() {
        this(random());
    }

    private static byte[] random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    Cursors(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The cursor of a number of {@link Changes}. */
    String of(Viewer viewer, long number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(Long.BYTES + TAG_BYTES)
                                .putLong(number)
                                .put(tag(viewer, number))
                                .array());
    }

    /** The number of a cursor, or null if it is none of this viewer. */
    Long number(Viewer viewer, String cursor) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (bytes.remaining() != Long.BYTES + TAG_BYTES) {
            return null;
        }
        long number = bytes.getLong();
        byte[] tag = new byte[TAG_BYTES];
        bytes.get(tag);
        return MessageDigest.isEqual(tag, tag(viewer, number)) ? number : null;
    }

    /** Who may know of other things than before is another viewer. */
    private byte[] tag(Viewer viewer, long number) {
        String text =
                Json.text(
                        List.of(
                                number,
                                viewer.name(),
                                new TreeSet<>(viewer.roles()),
                                new TreeSet<>(viewer.groups()),
                                new TreeSet<>(viewer.sites())));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }
}
