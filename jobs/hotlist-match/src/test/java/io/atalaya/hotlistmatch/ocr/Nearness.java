package io.atalaya.hotlistmatch.ocr;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which reads are one edit from a listed plate or nearer: what the job could at most show of it.
 * Found through texts with one character left out, which two texts one edit apart have in common.
 */
public final class Nearness {
    private static final Set<Misread> NEAR =
            EnumSet.of(Misread.EXACT, Misread.LOOK_ALIKE, Misread.ONE_EDIT);

    private final Map<String, List<OcrRead>> readsByShorter = new HashMap<>();

    public Nearness(List<OcrRead> reads) {
        for (OcrRead read : reads) {
            for (String shorter : shorter(read.text())) {
                readsByShorter.computeIfAbsent(shorter, key -> new ArrayList<>()).add(read);
            }
        }
    }

    /** Reads that are near the plate, each once. */
    public Set<OcrRead> near(String plate) {
        Set<OcrRead> near = new LinkedHashSet<>();
        for (String shorter : shorter(plate)) {
            for (OcrRead read : readsByShorter.getOrDefault(shorter, List.of())) {
                if (NEAR.contains(Misread.of(plate, read.text()))) {
                    near.add(read);
                }
            }
        }
        return near;
    }

    private static Set<String> shorter(String text) {
        String folded = Misread.folded(Misread.canonical(text));
        Set<String> texts = new LinkedHashSet<>();
        texts.add(folded);
        for (int i = 0; i < folded.length(); i++) {
            texts.add(folded.substring(0, i) + folded.substring(i + 1));
        }
        return texts;
    }
}
