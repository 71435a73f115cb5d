package io.atalaya.console.map;

import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.SitePresence.Position;
import io.atalaya.contracts.json.InvalidRecordException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class DutyTest {
    private static final Position ANA = new Position("TOLUCA-01", "ana", true);
    private static final Position LUZ = new Position("TOLUCA-02", "luz", false);
    private static final Position CAD = new Position("TOLUCA-09", "mario", false);

    private record Said(SitePresence presence, Map<String, String> headers) {}

    private final List<Duty.Person> people = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final Duty duty = duty(people, said);

    private static Duty duty(List<Duty.Person> people, List<Said> said) {
        return new Duty(
                Set.of("TOLUCA"),
                () -> people,
                (topic, key, value, headers) -> {
                    try {
                        said.add(new Said(SitePresence.CODEC.read(value), headers));
                    } catch (InvalidRecordException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static Duty.Person person(String site, Position at) {
        return new Duty.Person(site, at.position(), at.operator(), at.supervisor());
    }

    /** A position that is not blank to the console, but to the contract. */
    @Test
    void leavesOutNoMoreThanThePersonWhoCannotBeNamed() {
        people.add(new Duty.Person("TOLUCA", "\u00a0", "mario", false));
        people.add(person("TOLUCA", ANA));

        duty.tick(1_000);

        assertThat(said)
                .extracting(each -> each.presence.positions())
                .containsExactly(List.of(ANA));
    }

    private static void hear(Duty duty, Said said, long at) {
        duty.heard(said.presence, said.headers.get(Duty.CONSOLE), said.headers.get(Duty.HERE), at);
    }

    @Test
    void saysWhoIsOnDutyAtItsSites() {
        duty.tick(0);
        assertThat(said).isEmpty();
        people.add(person("TOLUCA", ANA));
        people.add(person("ECATEPEC", LUZ));

        for (long now = 1_000; now <= 11_000; now += 1_000) {
            duty.tick(now);
        }

        assertThat(said)
                .extracting(each -> each.presence.time())
                .containsExactly(1_000L, 6_000L, 11_000L);
        assertThat(said)
                .allMatch(each -> each.presence.site().equals("TOLUCA"))
                .allMatch(each -> each.presence.positions().equals(List.of(ANA)));
        people.set(1, person("TOLUCA", LUZ));
        duty.tick(12_000);
        assertThat(said.get(3).presence.positions()).containsExactly(ANA, LUZ);
    }

    @Test
    void isSilentWhenTheLastOneHasGone() {
        people.add(person("TOLUCA", ANA));
        duty.tick(1_000);
        people.clear();

        for (long now = 2_000; now <= 60_000; now += 1_000) {
            duty.tick(now);
        }

        assertThat(said).allMatch(each -> !each.presence.positions().isEmpty());
        assertThat(said.get(said.size() - 1).presence.time()).isLessThanOrEqualTo(11_000L);
    }

    /** Dispatch believes the last message of a site, so none may leave out those at others. */
    @Test
    void namesThoseAtOthersAsLongAsTheyAreThere() {
        List<Said> other = new ArrayList<>();
        List<Duty.Person> atOther = new ArrayList<>(List.of(person("TOLUCA", LUZ)));
        Duty second = duty(atOther, other);
        people.add(person("TOLUCA", ANA));
        duty.heard(new SitePresence("TOLUCA", List.of(CAD), 900), null, null, 900);
        for (long now = 1_000; now <= 11_000; now += 1_000) {
            duty.tick(now);
            second.tick(now);
            hear(second, said.get(said.size() - 1), now);
            hear(duty, other.get(other.size() - 1), now);
        }
        assertThat(said.get(said.size() - 1).presence.positions()).containsExactly(ANA, LUZ, CAD);
        assertThat(other.get(other.size() - 1).presence.positions()).containsExactly(ANA, LUZ);

        // The second console stops: no one may remain on duty for ever by mutual hearsay.
        for (long now = 12_000; now <= 40_000; now += 1_000) {
            duty.tick(now);
            hear(duty, said.get(said.size() - 1), now);
        }
        assertThat(said.get(said.size() - 1).presence.positions()).containsExactly(ANA);
    }
}
