package io.atalaya.ops;

import io.atalaya.testutils.CommandHelp;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.util.stream.Stream;

class OpsTest {
    @ParameterizedTest
    @CsvSource({
        "hotlist load, scripts/hotlist load, --zone=ZONE",
        "hotlist remove, scripts/hotlist remove, [ENTRY_ID...]",
        "disposition, scripts/disposition, --outcome=OUTCOME",
        "model list, scripts/model list, --models=DIR",
        "model activate, scripts/model activate, NAME VERSION",
        "model shadow, scripts/model shadow, --purpose=WHY",
        "model stop-shadow, scripts/model stop-shadow, --requested-by=WHO",
        "policy check, scripts/policy check, [DIR]",
        "policy diff, scripts/policy diff, DIR",
        "policy activate, scripts/policy activate, --purpose=WHY",
        "topics, scripts/topics, --grants",
        "cluster start, scripts/cluster start, --taskmanagers=N",
        "cluster stop, scripts/cluster stop, --delete",
        "cluster status, scripts/cluster status, --dir=DIR",
        "submit hotlist-match, scripts/submit hotlist-match, --set=KEY=VALUE",
        "submit dispatch, scripts/submit dispatch, --set=KEY=VALUE",
        "submit video-analytics, scripts/submit video-analytics, --set=KEY=VALUE",
        "savepoint stop, scripts/savepoint stop, --to=URI",
        "savepoint resume, scripts/savepoint resume, JOB PATH",
    })
    void help_begins_with_the_script_and_names_an_option(
            String command, String script, String option) {
        CommandHelp.assertNames(Ops.commandLine(), command, script, option);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsFormatted(CommandLine command) {
        CommandHelp.assertFormatted(command);
    }

    static Stream<Named<CommandLine>> commands() {
        return CommandHelp.commands(Ops.commandLine());
    }
}
