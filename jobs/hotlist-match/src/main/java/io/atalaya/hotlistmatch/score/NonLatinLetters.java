package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;

/**
 * Compares the letters that canonical forms omit, those of other alphabets: 12가3456 and 12나3456 are
 * two plates of one form. A text without any such letter is no evidence, because its keyboard may
 * lack them.
 */
final class NonLatinLetters {
    /** Log-probability that one given other letter is read instead: 1 in 1,000. Assumed. */
    private static final double DIFFERS = Math.log(0.001);

    private NonLatinLetters() {}

    /**
     * Adds the contribution of differing letters, if there are any.
     *
     * @param text that was read
     * @param written the listed plate as written in the list, or null
     */
    static void addTo(String text, String written, ContributionSink sink) {
        if (written == null) {
            return;
        }
        String read = of(text);
        String listed = of(written);
        int differing = read.isEmpty() || listed.isEmpty() ? 0 : differing(read, listed);
        if (differing > 0) {
            sink.add(
                    "other-letters",
                    differing * DIFFERS,
                    () -> Message.of(MessageCode.LETTERS_DIFFER, read, listed));
        }
    }

    private static String of(String plate) {
        if (plate.chars().allMatch(c -> c < 128)) {
            return "";
        }
        return plate.codePoints()
                .filter(c -> Character.isLetterOrDigit(c) && !isCanonical(c))
                .map(Character::toUpperCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isCanonical(int codePoint) {
        return CanonicalPlate.isPlate(Character.toString(codePoint));
    }

    private static int differing(String one, String other) {
        int[] a = one.codePoints().toArray();
        int[] b = other.codePoints().toArray();
        int differing = Math.abs(a.length - b.length);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            differing += a[i] == b[i] ? 0 : 1;
        }
        return differing;
    }
}
