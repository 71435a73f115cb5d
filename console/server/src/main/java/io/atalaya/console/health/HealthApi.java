package io.atalaya.console.health;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Broker;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.Topics;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.util.Map;

/** How the installation is, and which versions of models it is asked for. */
@RestController
class HealthApi {
    record NewModel(String model, String active, String shadow, String purpose) {}

    private final Health health;
    private final Audit audit;
    private final Broker broker;

    HealthApi(Health health, Audit audit, Broker broker) {
        this.health = health;
        this.audit = audit;
        this.broker = broker;
    }

    @GetMapping("/api/models")
    Health.Models models() {
        return health.models();
    }

    @PostMapping("/api/models")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void model(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewModel wanted) {
        Audit.requirePurpose(wanted.purpose);
        byte[] message =
                ModelControl.CODEC.write(
                        new ModelControl(
                                wanted.model,
                                wanted.active,
                                wanted.shadow,
                                actor.viewer().name(),
                                wanted.purpose,
                                System.currentTimeMillis()));
        audit.write(actor, "MODEL", wanted.model, wanted.purpose, null);
        broker.send(Topics.MODEL_CONTROL, wanted.model, message, Map.of());
    }

    @GetMapping("/api/health")
    Health.Now health(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return health.now(actor.viewer());
    }

    @GetMapping("/api/health/series")
    Health.Series series(
            @RequestParam(required = false) Long from, @RequestParam(required = false) Long to) {
        long now = System.currentTimeMillis();
        return health.series(
                from == null ? now - Duration.ofDays(1).toMillis() : from,
                to == null ? now + 1 : to);
    }
}
