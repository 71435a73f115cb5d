package io.atalaya.console.act;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.item.Act;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.request.Problem;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Map;

/** What is done with items. */
@RestController
class ActApi {
    private static final int MAX_ACTS = 200;

    record Acted(List<Act> acts, String note) {}

    private final Items items;
    private final Acts acts;
    private final Audit audit;

    ActApi(Items items, Acts acts, Audit audit) {
        this.items = items;
        this.acts = acts;
        this.audit = audit;
    }

    @PostMapping("/api/acts")
    Map<String, Object> act(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody Acted request) {
        List<Act> all = request.acts;
        if (all == null || all.isEmpty() || all.size() > MAX_ACTS) {
            throw Problem.invalid(
                    "acts", all == null ? null : all.size() + " acts", "1 to " + MAX_ACTS);
        }
        if (all.size() > 1 && (request.note == null || request.note.isBlank())) {
            throw Problem.invalid("note", "one reason for all");
        }
        return Map.of(
                "results",
                all.stream().map(act -> acts.act(actor, act.noted(request.note))).toList());
    }

    @GetMapping("/api/acts")
    Map<String, Object> acts(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestParam(required = false) String item,
            @RequestParam(defaultValue = "50") int limit) {
        if (item == null) {
            audit.write(actor, "LIST", "acts", null, null);
            return Map.of("acts", acts.by(actor.viewer(), Math.max(1, Math.min(limit, MAX_ACTS))));
        }
        Item of = items.get(item, actor.viewer());
        if (of == null) {
            throw Problem.notFound();
        }
        audit.write(actor, "OPEN", of, null, null);
        return Map.of("acts", acts.of(of));
    }

    @PostMapping("/api/acts/{actId}/undo")
    Acts.Shown undo(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String actId) {
        return acts.undo(actor, actId);
    }
}
