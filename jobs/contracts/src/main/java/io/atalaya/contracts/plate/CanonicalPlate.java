package io.atalaya.contracts.plate;

/**
 * The canonical form of a plate: upper case, letters and digits only, look-alikes folded. O, Q and
 * D become 0, and I becomes 1, because this made no collision on 1,190 real plates and 0/O and 1/I
 * are 70 % of real OCR substitutions. The <em>folded</em> form also folds the full look-alike
 * classes (Z→2, S→5, B→8, G→6). Real plates do collide under it, so it only finds candidates.
 *
 * <p>Both forms are packed into one long, base 37, first character most significant, so that a
 * plate is a primitive key. Both stay inside the process.
 */
public final class CanonicalPlate {
    public static final int MAX_LENGTH = 12;

    /** Symbols of a packed plate: 0 ends it, 1..10 are digits, 11..36 letters. */
    static final int BASE = 37;

    private static final byte[] CANONICAL = new byte[128];
    private static final byte[] FULL = new byte[BASE];

    /** The other member of a full look-alike class, by its folded symbol; 0 if it has no other. */
    private static final byte[] OTHER = new byte[BASE];

    /** {@link #FULL} of two symbols at once, because a division takes most of the time. */
    private static final short[] FULL_PAIRS = new short[BASE * BASE];

    /** The first number of more than so many symbols. */
    private static final long[] POWERS = new long[MAX_LENGTH + 1];

    /** Symbols of the least number with so many significant bits. */
    private static final byte[] LENGTHS = new byte[Long.SIZE];

    static {
        for (char c = '0'; c <= '9'; c++) {
            CANONICAL[c] = (byte) (1 + c - '0');
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            CANONICAL[c] = (byte) (11 + c - 'A');
            CANONICAL[c + 32] = CANONICAL[c];
        }
        String from = "OQDI";
        String to = "0001";
        for (int i = 0; i < from.length(); i++) {
            CANONICAL[from.charAt(i)] = CANONICAL[to.charAt(i)];
            CANONICAL[from.charAt(i) + 32] = CANONICAL[to.charAt(i)];
        }
        for (int s = 0; s < BASE; s++) {
            FULL[s] = (byte) s;
        }
        String costly = "ZSBG";
        String digits = "2586";
        for (int i = 0; i < costly.length(); i++) {
            FULL[CANONICAL[costly.charAt(i)]] = CANONICAL[digits.charAt(i)];
            OTHER[CANONICAL[digits.charAt(i)]] = CANONICAL[costly.charAt(i)];
        }
        for (int pair = 0; pair < FULL_PAIRS.length; pair++) {
            FULL_PAIRS[pair] = (short) (FULL[pair / BASE] * BASE + FULL[pair % BASE]);
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * BASE;
        }
        for (int bits = 1; bits < LENGTHS.length; bits++) {
            int length = LENGTHS[bits - 1];
            LENGTHS[bits] = (byte) (1L << bits - 1 < POWERS[length] ? length : length + 1);
        }
    }

    private CanonicalPlate() {}

    /** Whether the text has 1 to {@value #MAX_LENGTH} letters and digits. */
    public static boolean isPlate(String raw) {
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            if (isSymbol(raw.charAt(i))) {
                length++;
            }
        }
        return length >= 1 && length <= MAX_LENGTH;
    }

    /**
     * The packed canonical form.
     *
     * @throws IllegalArgumentException if {@link #isPlate} does not hold
     */
    public static long pack(String raw) {
        long packed = 0;
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (isSymbol(c)) {
                packed = packed * BASE + CANONICAL[c];
                length++;
            }
        }
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("not a plate: " + raw);
        }
        return packed;
    }

    /** The folded form of a packed plate, by the full look-alike classes. */
    public static long fold(long packed) {
        long folded = 0;
        long scale = 1;
        int pairs = FULL_PAIRS.length;
        for (long rest = packed; rest != 0; rest /= pairs, scale *= pairs) {
            folded += FULL_PAIRS[(int) (rest % pairs)] * scale;
        }
        return folded;
    }

    /** The full look-alike class of one symbol. */
    static int fold(int symbol) {
        return FULL[symbol];
    }

    /** The other canonical symbol that folds to this one; 0 if there is no other. */
    public static byte foldedTo(int folded) {
        return OTHER[folded];
    }

    /** Whether the symbol occurs in canonical forms, as all but O, Q, D and I do. */
    public static boolean isCanonical(int symbol) {
        return CANONICAL[character(symbol)] == symbol;
    }

    /** Whether two canonical symbols fall into one full look-alike class. */
    public static boolean isLookAlike(int a, int b) {
        return FULL[a] == FULL[b];
    }

    /** Number of symbols. */
    public static int length(long packed) {
        int least = LENGTHS[Long.SIZE - Long.numberOfLeadingZeros(packed)];
        return packed < POWERS[least] ? least : least + 1;
    }

    /** Writes the symbols of a packed plate in reading order and returns their number. */
    public static int unpack(long packed, byte[] symbols) {
        int length = length(packed);
        long rest = packed;
        for (int i = length - 1; i >= 0; i--) {
            symbols[i] = (byte) (rest % BASE);
            rest /= BASE;
        }
        return length;
    }

    /** The packed form as text, for messages and tests. */
    public static String text(long packed) {
        byte[] symbols = new byte[MAX_LENGTH];
        int length = unpack(packed, symbols);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(character(symbols[i]));
        }
        return text.toString();
    }

    /** The letters and digits of a plate as written, in upper case, without folding. */
    public static String bare(String raw) {
        StringBuilder bare = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (isSymbol(raw.charAt(i))) {
                bare.append(Character.toUpperCase(raw.charAt(i)));
            }
        }
        return bare.toString();
    }

    /**
     * Writes the symbols of a plate as written, without folding, and returns their number.
     *
     * @param symbols room for {@value #MAX_LENGTH}
     */
    public static int written(String raw, byte[] symbols) {
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (isSymbol(c)) {
                symbols[length++] =
                        (byte) (c <= '9' ? 1 + c - '0' : 11 + Character.toUpperCase(c) - 'A');
            }
        }
        return length;
    }

    /** The canonical form of one symbol as written. */
    public static byte canonical(int written) {
        return CANONICAL[character(written)];
    }

    static int symbol(char c) {
        return c < CANONICAL.length ? CANONICAL[c] : 0;
    }

    private static boolean isSymbol(char c) {
        return c < CANONICAL.length && CANONICAL[c] != 0;
    }

    private static char character(int symbol) {
        return (char) (symbol <= 10 ? '0' + symbol - 1 : 'A' + symbol - 11);
    }
}
