package io.atalaya.console.queue;

import io.atalaya.console.Samples;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;

import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ViewsTest {
    private static final Viewer ANA =
            new Viewer("ana", "Ana", Set.of(Role.DISPATCHER), Set.of(), Set.of(), null);

    /** As {@code URLSearchParams} of a browser writes them. */
    @Test
    void readsAQueryAsABrowserWritesIt() {
        var parameters = Views.Filter.parameters("?list=QUEUE&plate=NKR%3F8*&text=a+b&list=DONE&x");
        assertThat(parameters.getFirst("plate")).isEqualTo("NKR?8*");
        assertThat(parameters.getFirst("text")).isEqualTo("a b");
        assertThat(parameters.get("list")).isEqualTo(List.of("QUEUE", "DONE"));
        assertThat(parameters.get("x")).containsOnlyNulls();
    }

    /** The oldest times have fewer digits than those of today. */
    @Test
    void pagesGoThroughAllInTheirOrder() {
        Items items = new Items();
        items.caughtUp();
        Random random = new Random(7);
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long time = random.nextInt(1, 10) * (long) Math.pow(10, random.nextInt(7, 14));
            int priority = List.of(0, 5, 50, 100).get(random.nextInt(4));
            alerts.add(
                    Samples.hit(
                            "id," + i,
                            time,
                            "ARCH-1",
                            "A" + i,
                            "STOLEN_VEHICLE",
                            priority,
                            false,
                            List.of()));
        }
        alerts.forEach(each -> items.alert(each, Samples.json(each), 1));
        Views views = new Views(items, new Mutes(items));
        Views.Filter all = Views.Filter.of(new LinkedMultiValueMap<>());

        List<Item> found = new ArrayList<>();
        String after = null;
        do {
            Views.Page page = views.page(ANA, all, after, 7);
            found.addAll(page.items());
            after = page.next();
        } while (after != null);

        assertThat(found)
                .hasSize(alerts.size())
                .isSortedAccordingTo(
                        (a, b) ->
                                a.priority() != b.priority()
                                        ? b.priority() - a.priority()
                                        : a.openedAt() != b.openedAt()
                                                ? Long.compare(b.openedAt(), a.openedAt())
                                                : a.id().compareTo(b.id()));
    }

    @Test
    void refusesACursorThatIsNone() {
        Items items = new Items();
        Views views = new Views(items, new Mutes(items));
        Views.Filter all = Views.Filter.of(new LinkedMultiValueMap<>());
        for (String cursor : List.of("", "x", "1,2", "1,,a", "-1,2,a", "9".repeat(30) + ",1,a")) {
            assertThatThrownBy(() -> views.page(ANA, all, cursor, 7))
                    .as(cursor)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("next of the page before");
        }
    }

    @Test
    void refusesWhatNoPersonWritesAlsoEncoded() {
        assertThatThrownBy(() -> Views.Filter.parameters("plate=A%00"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("U+0000");
    }
}
