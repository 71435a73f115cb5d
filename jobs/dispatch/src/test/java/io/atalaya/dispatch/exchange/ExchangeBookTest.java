package io.atalaya.dispatch.exchange;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalContent.SharedIncident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.exchange.ExchangeBook.Changes;
import io.atalaya.dispatch.exchange.ExchangeBook.Message;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Exchange.Agency;
import io.atalaya.dispatch.policy.Policy.Exchange.SharingRule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Who learns what, over random incidents, policies and restarts. */
class ExchangeBookTest {
    private static final long START = 1_783_684_800_000L;
    private static final int MAX = 1_000;

    private static final String RULE =
            """
            agency: c5.us
            maxAge: 24 h
            agencies:
              - name: c5.one
                share: [{kinds: [stolen-vehicle, kidnapping], fromPriority: %d, fields: [%s]%s}]
              - name: c5.two
                share: [{kinds: [stolen-vehicle], fromPriority: 0, statuses: [ACCEPTED], fields: []}]
            """;

    private static final Policy EXACT =
            policy(RULE.formatted(70, "PLATE, PLACE, ROUTE, HEADLINE", ""));
    private static final Policy GRID =
            policy(RULE.formatted(0, "PLACE, ROUTE", ", gridMetres: 1000"));
    private static final Policy NOTHING = policy("agency: c5.us\nmaxAge: 24 h\nagencies: []\n");

    private final SharingBook book = new SharingBook();

    private static Policy policy(String text) {
        return TestPolicy.with("exchange", null, text);
    }

    private List<Message> revised(Policy policy, Incident incident) {
        return apply(new ExchangeBook(policy, book, MAX).revised(incident));
    }

    private List<Message> governed(Policy policy, long now) {
        return apply(new ExchangeBook(policy, book, MAX).governed(now));
    }

    private List<Message> apply(Changes changes) {
        changes.states().forEach(book::put);
        return changes.messages();
    }

    private static Incident vehicle(String id, long revision, Status status, Link... links) {
        return incident(id, "stolen-vehicle", revision, status, 80, false, List.of(links));
    }

    private static Incident incident(
            String id,
            String type,
            long revision,
            Status status,
            int priority,
            boolean isCovert,
            List<Link> links) {
        Text.Translation headline = new Text.Translation("es-secret " + id, "en-secret " + id);
        Place place = new Place(19.12345 + id.hashCode() % 7 * 0.01, -99.54321, 37);
        return new Incident(
                id,
                revision,
                Incident.Kind.VEHICLE,
                type,
                "VEHSTLN",
                status,
                START,
                revision,
                null,
                place,
                List.of(new Incident.RoutePoint(START, "ARCH-secret", place)),
                "SECRET-" + id,
                "TOLUCA",
                new Incident.Assignment(
                        "TOLUCA", "P-secret", 1, Incident.Assignment.State.SENT, "O-secret", null),
                List.of(),
                priority,
                List.of(),
                headline,
                List.of(
                        new Incident.Event(
                                "alert:secret", Topics.ALERTS, "hotlist-match", START, headline)),
                links,
                List.of("candidate-secret"),
                List.of(new Incident.Note(START, "N-secret", null, "note-secret")),
                null,
                null,
                isCovert,
                isCovert ? List.of("chief-secret") : List.of());
    }

    private static String text(Message message) {
        return new String(NationalContent.CODEC.write(message.content()), UTF_8);
    }

    @Test
    void sendsWhatThePolicySharesAndNothingTwice() {
        List<Message> first = revised(EXACT, vehicle("A", START, Status.OPEN));

        assertThat(first).extracting(Message::agency).containsExactly("c5.one");
        assertThat(text(first.get(0)))
                .contains("\"plate\":\"SECRET-A\"", "es-secret A", "19.1", "\"route\":[")
                .doesNotContain("ARCH-secret", "P-secret", "O-secret", "N-secret", "note-secret")
                .doesNotContain("alert:secret", "candidate-secret");
        assertThat(revised(EXACT, vehicle("A", START + 1, Status.OPEN))).isEmpty();
        assertThat(revised(EXACT, vehicle("A", START + 2, Status.ACCEPTED)))
                .extracting(Message::agency)
                .containsExactly("c5.one", "c5.two");
        assertThat(revised(EXACT, vehicle("A", START + 3, Status.CLOSED))).hasSize(2);
    }

    @Test
    void whoKnowsAnIncidentLearnsOfItsHeirAndOfLinksOnlyIfBothAreKnown() {
        revised(EXACT, vehicle("A", START, Status.OPEN));
        Link heir = new Link(Link.Relation.REPLACING, "A");
        Link unknown = new Link(Link.Relation.RELATED, "hidden");
        List<Message> messages =
                revised(
                        EXACT,
                        incident(
                                "B",
                                "stolen-vehicle",
                                START + 1,
                                Status.OPEN,
                                10,
                                false,
                                List.of(heir, unknown)));

        assertThat(messages).extracting(Message::agency).containsExactly("c5.one");
        assertThat(((SharedIncident) messages.get(0).content()).links()).containsExactly(heir);
        Link replaced = new Link(Link.Relation.REPLACED, "B");
        assertThat(revised(EXACT, vehicle("A", START + 2, Status.CLOSED, replaced)))
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(((SharedIncident) each.content()).links())
                                        .containsExactly(replaced));
    }

    /** The link is known first, and then the incident that it names. */
    @Test
    void aLinkFollowsWhatItNames() {
        Link link = new Link(Link.Relation.RELATED, "B");
        assertThat(text(revised(EXACT, vehicle("A", START, Status.OPEN, link)).get(0)))
                .doesNotContain("links");

        List<Message> both = revised(EXACT, vehicle("B", START + 1, Status.OPEN));
        assertThat(both).extracting(Message::incidentId).containsExactly("B", "A");
        assertThat(((SharedIncident) both.get(1).content()).links()).containsExactly(link);
    }

    @Test
    void whatOthersReportedIsNotPassedOn() {
        Incident ours = vehicle("A", START, Status.OPEN);
        String reported =
                new String(Incident.CODEC.write(ours), UTF_8)
                        .replace("\"topic\":\"alerts\"", "\"topic\":\"national-inbound\"");
        assertThat(revised(EXACT, read(reported))).isEmpty();
    }

    private static Incident read(String json) {
        try {
            return Incident.CODEC.read(json.getBytes(UTF_8));
        } catch (io.atalaya.contracts.json.InvalidRecordException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPolicyThatSharesNoMoreRetracts() {
        revised(EXACT, vehicle("A", START, Status.ACCEPTED));
        List<Message> messages = governed(NOTHING, START + 1);

        assertThat(messages)
                .extracting(ExchangeBookTest::text)
                .containsOnly(
                        "{\"type\":\"RETRACTION\",\"incidentId\":\"A\",\"revision\":%d}"
                                .formatted(START + 1))
                .hasSize(2);
        assertThat(governed(NOTHING, START + 2)).isEmpty();
        assertThat(revised(NOTHING, vehicle("A", START + 3, Status.CLOSED))).isEmpty();
        // It masks, or shares again.
        assertThat(revised(EXACT, vehicle("A", START + 4, Status.ACCEPTED))).hasSize(2);
        assertThat(governed(GRID, START + 5))
                .singleElement()
                .satisfies(each -> assertThat(text(each)).doesNotContain("SECRET", "es-secret"));
    }

    @Test
    void whatBecomesCovertWhileThereIsNoKeyIsRetractedWithTheNextKey() {
        revised(GRID, vehicle("A", START, Status.OPEN));
        Incident covert =
                incident("A", "stolen-vehicle", START + 1, Status.OPEN, 80, true, List.of());
        assertThat(apply(new ExchangeBook(NOTHING, book, MAX).missed(covert))).isEmpty();
        assertThat(governed(EXACT, START + 2))
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(each.content())
                                        .isInstanceOf(NationalContent.Retraction.class));
    }

    /** Its best evidence is another agency's, and only that wrote the sentence. */
    @Test
    void aSentenceOfAnotherAgencyIsNotPassedOn() {
        Incident ours = vehicle("A", START, Status.OPEN);
        String best =
                new String(Incident.CODEC.write(ours), UTF_8)
                        .replace(
                                "\"events\":[{",
                                "\"events\":[{\"eventId\":\"call:C\",\"topic\":\"calls\",\"type\":\"911\",\"time\":1,"
                                        + "\"summary\":{\"es\":\"otra\",\"en\":\"other\"}},{")
                        .replace("\"topic\":\"alerts\"", "\"topic\":\"national-inbound\"");

        assertThat(revised(EXACT, read(best)))
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(text(each))
                                        .contains("SECRET-A")
                                        .doesNotContain("es-secret", "en-secret", "headline"));
    }

    @Test
    void whatIsOverIsForgottenLater() {
        revised(EXACT, vehicle("A", START, Status.OPEN));
        revised(EXACT, vehicle("A", START + 1, Status.CLOSED));
        ExchangeBook exchange = new ExchangeBook(EXACT, book, MAX);
        long week = 7 * 86_400_000L;

        assertThat(exchange.forgotten(START + week)).isEmpty();
        assertThat(exchange.forgotten(START + 2 * week)).containsExactly("A");
    }

    /** What is over makes room; what is not keeps it, and that is said. */
    @Test
    void forgetsWhatIsOverForLongestWhenThereAreTooMany() {
        for (int i = 0; i < 3; i++) {
            revised(EXACT, vehicle("A" + i, START + i, Status.OPEN));
            if (i < 2) {
                revised(EXACT, vehicle("A" + i, START + 10 - i, Status.CLOSED));
            }
        }
        ExchangeBook full = new ExchangeBook(EXACT, book, 2);
        Changes changes = full.revised(vehicle("B", START + 20, Status.OPEN));
        assertThat(apply(changes)).hasSize(1);
        assertThat(changes.unshared()).isEmpty();
        assertThat(full.forgotten(START + 20)).containsExactly("A1", "A0");
        full.forgotten(START + 20).forEach(book::remove);

        Changes none = full.revised(vehicle("C", START + 21, Status.OPEN));
        assertThat(none.messages()).isEmpty();
        assertThat(none.unshared()).containsExactly("C");
        assertThat(full.revised(vehicle("B", START + 22, Status.CLOSED)).messages()).hasSize(1);
    }

    /**
     * Any order of revisions, changes of policy and covert incidents. What an agency knows is taken
     * from the messages alone.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sendsEachAgencyWhatItMayKnowAndRetractsTheRest(long seed) {
        Random random = new Random(seed);
        Map<String, Incident> last = new TreeMap<>();
        Map<String, Message> known = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        Policy policy = EXACT;
        for (int i = 1; i < 600; i++) {
            List<Message> messages;
            if (random.nextInt(30) == 0) {
                policy = List.of(EXACT, GRID, NOTHING).get(random.nextInt(3));
                messages = governed(policy, START + i);
            } else {
                Incident incident = random(random, START + i);
                last.put(incident.incidentId(), incident);
                messages = revised(policy, incident);
            }
            if (random.nextInt(10) == 0) {
                restart();
            }
            for (Message message : messages) {
                assertThat(ids.add(message.id())).as("the id of another message").isTrue();
                Message before = known.put(message.incidentId() + " " + message.agency(), message);
                if (before == null) {
                    assertThat(message.content()).isInstanceOf(SharedIncident.class);
                } else {
                    assertThat(message.revision()).isGreaterThan(before.revision());
                    assertThat(content(message)).isNotEqualTo(content(before));
                }
                assertThat(text(message)).doesNotContain("C-", "ARCH", "-secret\"", "chief");
            }
            check(policy, last, known);
        }
        assertThat(known).hasSizeGreaterThan(10);
    }

    private void restart() {
        Map<String, SharingState> stored = new TreeMap<>();
        book.incidentIds().forEach(id -> stored.put(id, book.get(id)));
        stored.keySet().forEach(book::remove);
        assertThat(book.naming(stored.keySet())).isEmpty();
        assertThat(book.over()).isZero();
        stored.forEach(book::put);
    }

    private static String content(Message message) {
        return text(message).replaceAll("\"(revision|updatedAt)\":[0-9]+,?", "");
    }

    /** Covert ones begin with {@code C-}; others may link to them, as they never do. */
    private static Incident random(Random random, long revision) {
        boolean isCovert = random.nextInt(4) == 0;
        String id = (isCovert ? "C-" : "I-") + random.nextInt(8);
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            String other = (random.nextInt(4) == 0 ? "C-" : "I-") + random.nextInt(8);
            if (!other.equals(id)) {
                links.add(new Link(Link.Relation.values()[random.nextInt(6)], other));
            }
        }
        return incident(
                id,
                random.nextInt(4) == 0 ? "kidnapping" : "stolen-vehicle",
                revision,
                Status.values()[random.nextInt(Status.values().length)],
                random.nextInt(101),
                isCovert,
                links);
    }

    private static void check(
            Policy policy, Map<String, Incident> last, Map<String, Message> known) {
        known.forEach(
                (key, message) -> {
                    Incident incident = last.get(message.incidentId());
                    Agency agency = policy.exchange().named(message.agency());
                    SharingRule rule = agency == null ? null : agency.ruleFor(incident.type());
                    if (rule == null) {
                        assertThat(message.content())
                                .as("known, and no rule shares it any more")
                                .isInstanceOf(NationalContent.Retraction.class);
                        assertThat(text(message)).doesNotContain("status", "name");
                    } else if (message.content() instanceof SharedIncident shared) {
                        checkIsWhatIsKnown(shared, incident, rule, message.agency(), known);
                    }
                });
    }

    private static void checkIsWhatIsKnown(
            SharedIncident shared,
            Incident incident,
            SharingRule rule,
            String agency,
            Map<String, Message> known) {
        Set<Policy.Exchange.Detail> share = rule.fields();
        assertThat(shared.status()).isEqualTo(incident.status());
        assertThat(shared.priority()).isEqualTo(incident.priority());
        assertThat(shared.plate())
                .isEqualTo(share.contains(Policy.Exchange.Detail.PLATE) ? incident.plate() : null);
        assertThat(shared.headline() != null)
                .isEqualTo(share.contains(Policy.Exchange.Detail.HEADLINE));
        assertThat(shared.route().isEmpty())
                .isEqualTo(!share.contains(Policy.Exchange.Detail.ROUTE));
        assertThat(shared.place() != null).isEqualTo(share.contains(Policy.Exchange.Detail.PLACE));
        if (rule.gridMetres() > 0) {
            assertThat(shared.place()).isNotEqualTo(incident.place());
        }
        UnaryOperator<String> key = id -> id + " " + agency;
        assertThat(shared.links())
                .isEqualTo(
                        incident.links().stream()
                                .filter(link -> known.containsKey(key.apply(link.incidentId())))
                                .filter(
                                        link ->
                                                known.get(key.apply(link.incidentId())).content()
                                                        instanceof SharedIncident)
                                .toList());
    }

    /** All places of a square look the same, and the real one is within the radius. */
    @ParameterizedTest
    @ValueSource(doubles = {100, 1_000, 20_000})
    void aRoundedPlaceShowsItsSquareOnly(double grid) {
        Random random = new Random(7);
        Set<Place> seen = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            Place place =
                    new Place(
                            19.2 + random.nextDouble() * 0.01,
                            -99.6 + random.nextDouble() * 0.01,
                            random.nextInt(50));
            Place rounded = IncidentMask.rounded(place, grid);
            double north = (rounded.latitude() - place.latitude()) * 111_320;
            double east =
                    (rounded.longitude() - place.longitude())
                            * 111_320
                            * Math.cos(Math.toRadians(place.latitude()));
            assertThat(Math.hypot(north, east) + place.radiusMetres())
                    .isLessThan(rounded.radiusMetres());
            seen.add(rounded);
        }
        double squares = Math.ceil(1_200 / grid) + 1;
        assertThat((double) seen.size()).isLessThanOrEqualTo(squares * squares * 2);
    }
}
