package io.atalaya.bench.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MexicanSeries;
import io.atalaya.contracts.plate.Vehicle;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Entries over the series of all states, with distinct plates that do not occur in the traffic.
 * Real hits are one in 10,000 reads or fewer, and here only the vehicles of scenarios match
 * exactly.
 */
public final class NationalList {
    private static final String LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private static final List<String> MAKES = List.of("NISSAN", "CHEVROLET", "VOLKSWAGEN", "KIA");
    private static final List<String> COLORS = List.of("WHITE", "GRAY", "RED", "BLACK");
    private static final int STATES = 32;

    private static final char LETTER = 'L';
    private static final String STATE = "LLLNNNL";

    /** Mexico City's plate format. */
    private static final String CAPITAL = "LNNLLL";

    private final long[] plates;

    /**
     * @param size number of entries
     * @param taken packed canonical plates that no entry may have
     */
    public NationalList(long seed, int size, LongSet taken) {
        SplittableRandom random = new SplittableRandom(seed);
        LongSet drawn = new LongOpenHashSet(taken);
        plates = new long[size];
        for (int i = 0; i < size; i++) {
            plates[i] = draw(random, drawn);
        }
    }

    public int size() {
        return plates.length;
    }

    /** The entry with that number, 0 to {@link #size()}, exclusive. */
    public HotlistEntry entry(int number) {
        String plate = issued(plates[number]);
        return new HotlistEntry(
                id(number),
                plate,
                null,
                null,
                "MX",
                MexicanSeries.stateOf(plates[number]),
                "STOLEN_VEHICLE",
                String.format(Locale.ROOT, "FGR/%07d/2026", number),
                "FGR",
                "vehiculos-robados",
                80,
                null,
                null,
                vehicle(number),
                Scope.EVERYWHERE,
                MatchMode.FUZZY,
                false,
                List.of());
    }

    public static String id(int number) {
        return "N" + number;
    }

    private static Vehicle vehicle(int number) {
        return new Vehicle(
                MAKES.get(number % MAKES.size()),
                null,
                COLORS.get(number / MAKES.size() % COLORS.size()),
                "CAR",
                null);
    }

    private static long draw(SplittableRandom random, LongSet taken) {
        while (true) {
            long plate =
                    CanonicalPlate.pack(
                            fill(random.nextInt(STATES) == 0 ? CAPITAL : STATE, random));
            if (MexicanSeries.stateOf(plate) != null && taken.add(plate)) {
                return plate;
            }
        }
    }

    private static String fill(String form, SplittableRandom random) {
        StringBuilder plate = new StringBuilder(form.length());
        for (int i = 0; i < form.length(); i++) {
            plate.append(
                    form.charAt(i) == LETTER
                            ? LETTERS.charAt(random.nextInt(LETTERS.length()))
                            : (char) ('0' + random.nextInt(10)));
        }
        return plate.toString();
    }

    /** The text on the plate, with the letter D that the canonical form has turned into 0. */
    private static String issued(long packed) {
        String canonical = CanonicalPlate.text(packed);
        String form = canonical.length() == CAPITAL.length() ? CAPITAL : STATE;
        StringBuilder plate = new StringBuilder(canonical);
        for (int i = 0; i < form.length(); i++) {
            if (form.charAt(i) == LETTER && plate.charAt(i) == '0') {
                plate.setCharAt(i, 'D');
            }
        }
        return plate.toString();
    }
}
