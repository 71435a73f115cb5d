package io.atalaya.console;

import io.atalaya.commandline.ExitCode;
import io.atalaya.console.account.Accounts;
import io.atalaya.console.account.Grants;
import io.atalaya.console.account.Passkeys;
import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Database;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Role;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.ResourcePropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Makes or changes an account on the server: what no supervisor may give, such as the first auditor
 * and the first two members of a group. A console that runs takes it over within a second.
 */
@Command(
        name = "account",
        description = "Makes or changes an account; the audit records it, with the system's user.")
final class AccountCommand implements Callable<Integer> {
    private static final String ALL = "all";

    private final Arguments arguments;

    @Parameters(paramLabel = "NAME", description = "Of the account.")
    private String name;

    @Option(names = "--display-name", paramLabel = "TEXT", description = "Of a new account.")
    private String displayName;

    @Option(names = "--roles", paramLabel = "ROLE", split = ",", description = "As in the console.")
    private Set<Role> roles;

    @Option(
            names = "--groups",
            paramLabel = "GROUP",
            split = ",",
            description =
                    "That lists of recipients name; the account's name, if they may name it."
                            + " With '' for none.")
    private Set<String> groups;

    @Option(
            names = "--for-sites",
            paramLabel = "SITE",
            split = ",",
            description = "The account's sites, or all.")
    private Set<String> sites;

    @Option(names = "--agency", paramLabel = "TEXT", description = "Of a new account.")
    private String agency;

    @Option(
            names = "--disabled",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether it may not be used.")
    private Boolean disabled;

    @Option(names = "--link", description = "Print a link for the next login.")
    private boolean isLink;

    @Option(names = "--remove-passkeys", description = "Of a person who has lost them.")
    private boolean isWithoutPasskeys;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    AccountCommand(Arguments arguments) {
        this.arguments = arguments;
    }

    @Override
    public Integer call() throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(
                        new SimpleCommandLinePropertySource(
                                arguments.settings().toArray(String[]::new)));
        String config = environment.getProperty("spring.config.additional-location");
        if (config != null) {
            environment.getPropertySources().addLast(new ResourcePropertySource("file:" + config));
        }
        // Not closed as a whole: a running console uses the same embedded server.
        try (HikariDataSource source = new Database(new Console().settings(environment)).source()) {
            JdbcClient jdbc = JdbcClient.create(source);
            Accounts accounts =
                    new Accounts(
                            jdbc,
                            new JdbcTransactionManager(source),
                            Accounts.passwordEncoder(),
                            new Limits());
            Audit audit = new Audit(jdbc);
            Passkeys passkeys = new Passkeys(new JdbcTemplate(source), "http://localhost");
            String link = perform(accounts, audit, new Grants(jdbc, accounts, passkeys, audit));
            spec.commandLine().getOut().println(link == null ? "Done." : "Valid once: " + link);
            return 0;
        } catch (Problem e) {
            Problem.Body body = e.body();
            spec.commandLine()
                    .getErr()
                    .println(
                            (body.field() == null ? "" : body.field() + ": ")
                                    + (body.detail() == null ? body.code() : body.detail()));
            return ExitCode.ERROR;
        }
    }

    /** Returns the path of the link, or null. */
    private String perform(Accounts accounts, Audit audit, Grants grants) {
        boolean isNew = accounts.any(name) == null;
        Set<String> wantedSites =
                sites != null && sites.contains(ALL) ? Set.of() : entered("--for-sites", sites);
        Set<String> wantedGroups = entered("--groups", groups);
        if (isNew || roles != null) {
            Grants.requireRoles(roles);
        }
        if (isNew && sites == null) {
            throw Problem.invalid("--for-sites", "sites, or all");
        }
        if (isNew) {
            accounts.requireFree(name);
        }
        boolean hasLink = isNew || isLink;
        if (hasLink && !isNew) {
            accounts.requireOwnPassword(name);
        }
        Map<String, Object> given = new HashMap<>();
        given.put("roles", roles);
        given.put("groups", wantedGroups);
        given.put("sites", wantedSites);
        given.put("disabled", disabled);
        given.put("link", hasLink);
        given.put("removePasskeys", isWithoutPasskeys);
        Grants.Wanted wanted =
                isNew
                        ? new Grants.NewAccount(
                                name,
                                label("--display-name", displayName == null ? name : displayName),
                                roles,
                                wantedGroups,
                                wantedSites,
                                label("--agency", agency))
                        : new Grants.Change(
                                roles,
                                wantedGroups,
                                wantedSites,
                                disabled,
                                null,
                                isLink,
                                isWithoutPasskeys);
        audit.write(
                Audit.Actor.outside("server:" + System.getProperty("user.name"), ""),
                Grants.action(wanted),
                name,
                null,
                given);
        return grants.apply(name, wanted);
    }

    private static String label(String option, String text) {
        return EnteredText.checked(option, text, Grants.MAX_LABEL);
    }

    private static Set<String> entered(String option, Set<String> names) {
        if (names == null) {
            return null;
        }
        Set<String> entered = new HashSet<>();
        for (String each : names.equals(Set.of("")) ? Set.<String>of() : names) {
            entered.add(EnteredText.required(option, each, Grants.MAX_NAME));
        }
        return entered;
    }
}
