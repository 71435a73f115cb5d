package io.atalaya.ops.broker;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.Grants;
import io.atalaya.kafka.TopicCreator;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code scripts/topics}: creates the topics of an installation and their grants. */
@Command(
        name = "topics",
        sortOptions = false,
        description = {
            "Creates the topics of an installation that are missing. jobs/contracts/TOPICS.md lists them.",
        },
        exitCodeList = {
            "0:everything is there",
            "2:wrong arguments, no broker, or not allowed; run it again once that is mended",
        })
public final class TopicsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            paramLabel = "N",
            description = "Of topics that are created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--grants",
            description =
                    "Also grant each account what it needs, on a broker with access control. Grants"
                            + " that are there already stay; those beyond the list are named.")
    private boolean grants;

    @Mixin private BrokerOptions broker;

    @Override
    public Integer call() {
        if (partitions < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--partitions: got " + partitions + ", expected 1 or more");
        }
        return broker.run(this::complete);
    }

    private int complete(Map<String, Object> client) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Admin admin = Admin.create(client)) {
            List<String> created = TopicCreator.createMissing(admin, Topics.ALL, partitions);
            out.println(
                    "Created topics: " + (created.isEmpty() ? "none" : String.join(", ", created)));
            if (grants) {
                grantMissing(admin, out);
            }
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause().getMessage(), e.getCause());
        }
        return ExitCode.OK;
    }

    private static void grantMissing(Admin admin, PrintWriter out)
            throws ExecutionException, InterruptedException {
        Set<AclBinding> wanted =
                Stream.of(Account.values())
                        .flatMap(account -> Grants.of(account).stream())
                        .collect(Collectors.toSet());
        Set<String> accounts =
                wanted.stream().map(each -> each.entry().principal()).collect(Collectors.toSet());
        Collection<AclBinding> present = admin.describeAcls(AclBindingFilter.ANY).values().get();
        List<AclBinding> missing = wanted.stream().filter(each -> !present.contains(each)).toList();
        admin.createAcls(missing).all().get();
        print("Granted", missing, out);
        print(
                "Not on the list, but granted",
                present.stream()
                        .filter(each -> accounts.contains(each.entry().principal()))
                        .filter(each -> !wanted.contains(each))
                        .toList(),
                out);
    }

    private static void print(String what, List<AclBinding> grants, PrintWriter out) {
        out.println(what + ": " + (grants.isEmpty() ? "nothing" : grants.size()));
        grants.stream()
                .map(
                        each ->
                                "  %s %s %s %s %s (%s)"
                                        .formatted(
                                                each.entry().principal(),
                                                each.entry().permissionType(),
                                                each.entry().operation(),
                                                each.pattern().resourceType(),
                                                each.pattern().name(),
                                                each.pattern().patternType()))
                .sorted()
                .forEach(out::println);
    }
}
