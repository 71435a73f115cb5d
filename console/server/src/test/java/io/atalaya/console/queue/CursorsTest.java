package io.atalaya.console.queue;

import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("attack")
class CursorsTest {
    private static final Viewer ANA =
            new Viewer(
                    "ana",
                    "Ana",
                    Set.of(Role.DISPATCHER),
                    Set.of("unit-1"),
                    Set.of("TOLUCA"),
                    null);

    private final Cursors cursors = new Cursors();

    @Test
    void holdsForItsViewer() {
        Viewer renamed = new Viewer("ana", "Ana B.", ANA.roles(), ANA.groups(), ANA.sites(), "SSP");

        assertThat(cursors.number(ANA, cursors.of(ANA, 7))).isEqualTo(7);
        assertThat(cursors.number(renamed, cursors.of(ANA, 7))).isEqualTo(7);
    }

    @Test
    void holdsForNoOtherAndNotForOneWhoMaySeeOtherThings() {
        String cursor = cursors.of(ANA, 7);
        Viewer luz = new Viewer("luz", "", ANA.roles(), ANA.groups(), ANA.sites(), null);
        Viewer moved = new Viewer("ana", "", ANA.roles(), ANA.groups(), Set.of("ECATEPEC"), null);
        Viewer joined = new Viewer("ana", "", ANA.roles(), Set.of(), ANA.sites(), null);
        Viewer raised = new Viewer("ana", "", Set.of(), ANA.groups(), ANA.sites(), null);

        for (Viewer other : new Viewer[] {luz, moved, joined, raised}) {
            assertThat(cursors.number(other, cursor)).as("%s", other).isNull();
        }
        assertThat(new Cursors().number(ANA, cursor)).as("another run").isNull();
    }

    @Test
    void isNotMadeUp() {
        byte[] bytes = Base64.getUrlDecoder().decode(cursors.of(ANA, 7));
        bytes[7]++;
        for (String text :
                new String[] {
                    Base64.getUrlEncoder().encodeToString(bytes), "", "7", "m1-7", "ñ", "AAAA"
                }) {
            assertThat(cursors.number(ANA, text)).as(text).isNull();
        }
    }
}
