package io.atalaya.console.audit;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.PrintWriter;

/** The audit as auditors read it, and their check of it. */
@RestController
class AuditApi {
    private static final int MAX_RECORDS = 1_000;

    private final Audit audit;

    AuditApi(Audit audit) {
        this.audit = audit;
    }

    @GetMapping(value = "/api/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    String audit(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestParam(required = false) Long from,
            @RequestParam(required = false) Long to,
            @RequestParam(required = false) String user,
            @RequestParam(required = false) String action,
            @RequestParam(required = false) Long before,
            @RequestParam(defaultValue = "200") int limit) {
        audit.write(actor, "AUDIT_READ", "audit", null, null);
        return "{\"records\":["
                + String.join(
                        ",",
                        audit.read(
                                actor.viewer(),
                                from,
                                to,
                                user,
                                action,
                                before,
                                Math.max(1, Math.min(limit, MAX_RECORDS))))
                + "]}";
    }

    /** For the auditor's own program, which compares them with the signed audit. */
    @GetMapping(value = "/api/audit/hashes", produces = MediaType.TEXT_PLAIN_VALUE)
    void hashes(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, HttpServletResponse response)
            throws IOException {
        audit.write(actor, "AUDIT_READ", "hashes", null, null);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        PrintWriter lines = response.getWriter();
        audit.hashes(line -> lines.append(line).append('\n'));
    }

    @GetMapping("/api/audit/verify")
    Audit.Verdict verify() {
        return audit.verify();
    }
}
