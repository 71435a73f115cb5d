package io.atalaya.hotlistmatch.decide;

import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlistmatch.convoy.ListedPassage;
import io.atalaya.hotlistmatch.convoy.ListedPassages;
import io.atalaya.hotlistmatch.passage.Observed;
import io.atalaya.hotlistmatch.passage.Tagged;
import io.atalaya.plate.CanonicalPlate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The passages that are held to be the entry's vehicle now. Whatever is shown to a person counts,
 * and with what probability, since a misread listed car drives in the same convoy; but not what a
 * wrong clock has placed.
 *
 * @param matches that stand
 * @param held passages of which nothing is said yet: their tag may rule them out
 */
record Standing(List<Judged> matches, Set<String> held) {
    /** What a passage that fell without a fact of its own counts. */
    private static final int FALLEN = 1;

    /** What is to be told anew of the passages, after what was told before. */
    List<ListedPassage> news(EntryCase entryCase, ListedPassages told) {
        List<ListedPassage> news = new ArrayList<>();
        Set<String> standing = new LinkedHashSet<>();
        for (Judged match : matches) {
            Fit voice = match.voice();
            if (!voice.read().clockSuspect()) {
                ListedPassage passage = passage(match, voice);
                standing.add(passage.passageId());
                add(passage, told, news);
            }
        }
        for (ListedPassage old : told.all()) {
            String id = old.passageId();
            // What is forgotten with its version was right in its time.
            if (old.standing()
                    && !standing.contains(id)
                    && !held.contains(id)
                    && entryCase.holds(id)) {
                add(old.fallen(FALLEN), told, news);
            }
        }
        return news;
    }

    private static void add(ListedPassage passage, ListedPassages told, List<ListedPassage> news) {
        ListedPassage old = told.of(passage.entryId(), passage.passageId());
        if (old == null) {
            news.add(passage);
        } else if (!passage.saysSameAs(old)) {
            news.add(passage.withVersion(old.version() + 1));
        }
    }

    private static ListedPassage passage(Judged match, Fit voice) {
        HotlistEntry entry = voice.span().version().entry();
        Observed read = voice.read();
        String text = read.plateText();
        return new ListedPassage(
                entry.entryId(),
                match.passage().id(),
                1,
                match.facts(),
                true,
                entry.pattern() == null || text == null ? 0 : CanonicalPlate.pack(text),
                entry.plate() != null ? entry.plate() : text == null ? "" : text,
                own(entry, match, voice),
                read.deviceId(),
                read.readId(),
                read.time(),
                read.arrival(),
                match.known(),
                read.direction(),
                voice.score().posterior(),
                read.plateRead() == null ? null : read.plateRead().imageRef(),
                entry.tagId(),
                entry.covert(),
                entry.notified());
    }

    /** A car under a false plate that its tag gives away is no company of its own. */
    private static List<String> own(HotlistEntry entry, Judged match, Fit voice) {
        Set<String> own = new LinkedHashSet<>();
        add(entry.plate(), own);
        add(voice.read().plateText(), own);
        Tagged tag = voice.read() instanceof Tagged alone ? alone : voice.tag();
        if (tag != null) {
            add(tag.tag().registeredPlate(), own);
            if (tag.plate() != 0) {
                add(CanonicalPlate.text(tag.plate()), own);
            }
        }
        for (Fit each : match.counted()) {
            add(each.read().plateText(), own);
        }
        return List.copyOf(own);
    }

    private static void add(String text, Set<String> texts) {
        if (text != null && CanonicalPlate.isPlate(text)) {
            texts.add(text);
        }
    }
}
