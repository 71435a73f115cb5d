package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.DispatchResponse.Accept;
import io.atalaya.contracts.dispatch.DispatchResponse.Acknowledge;
import io.atalaya.contracts.dispatch.DispatchResponse.Action;
import io.atalaya.contracts.dispatch.DispatchResponse.Close;
import io.atalaya.contracts.dispatch.DispatchResponse.OnScene;
import io.atalaya.contracts.dispatch.DispatchResponse.Reject;
import io.atalaya.contracts.dispatch.Incident;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import static io.atalaya.dispatch.incident.EngineRun.ECATEPEC;
import static io.atalaya.dispatch.incident.EngineRun.MINUTE;
import static io.atalaya.dispatch.incident.EngineRun.SECOND;
import static io.atalaya.dispatch.incident.EngineRun.TOLUCA;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine that looks at an incident when something is due does what one does that always looks.
 */
class AgendaTest {
    private static final int STEPS = 25;
    private static final int METRES = 1_000;

    @Property(tries = 25)
    void nothingIsDoneLater(@ForAll Random random) {
        List<Consumer<EngineRun>> story = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            story.add(step(i, random));
        }
        EngineRun run = new EngineRun();
        EngineRun slow = new EngineRun();
        slow.looksAtAll = true;
        for (Consumer<EngineRun> step : story) {
            step.accept(run);
            step.accept(slow);
        }
        assertThat(run.sent).isEqualTo(slow.sent);
        assertThat(run.decisions).isEqualTo(slow.decisions);
        assertThat(run.published).isEqualTo(slow.published);
    }

    private static Consumer<EngineRun> step(int number, Random random) {
        int x = METRES * random.nextInt(4);
        int any = random.nextInt(1_000);
        String id = "e" + number;
        return switch (random.nextInt(9)) {
            case 0 -> run -> run.add(run.press(id, x));
            case 1 -> run -> run.add(run.duress(id, x));
            case 2 -> run -> run.add(run.call(id, any % 2 == 0 ? "security" : "crash", x));
            case 3 -> run -> run.add(run.review(id, x));
            case 4 -> run -> answer(run, any);
            case 5 -> run -> run.pass(any % 20 * SECOND);
            case 6 -> run -> run.pass(any * SECOND);
            case 7 -> run -> run.pass(MINUTE, Set.of(any % 2 == 0 ? TOLUCA : ECATEPEC));
            default -> EngineRun::restart;
        };
    }

    private static void answer(EngineRun run, int any) {
        List<Incident> incidents = List.copyOf(run.incidents.values());
        if (!incidents.isEmpty()) {
            Action action =
                    switch (any % 5) {
                        case 0 -> new Acknowledge();
                        case 1 -> new Accept(null, null);
                        case 2 -> new Reject(Reject.Reason.OTHER, null);
                        case 3 -> new OnScene();
                        default -> new Close("01", null, null);
                    };
            run.respond(incidents.get(any % incidents.size()), TOLUCA, action);
        }
    }
}
