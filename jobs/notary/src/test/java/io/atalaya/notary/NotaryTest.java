package io.atalaya.notary;

import io.atalaya.testutils.CommandHelp;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.util.stream.Stream;

class NotaryTest {
    @ParameterizedTest
    @CsvSource({"notary, scripts/notary, --key-file=FILE", "audit, scripts/audit, verify"})
    void help_begins_with_the_script_and_names_an_option(
            String command, String script, String option) {
        CommandHelp.assertNames(Notary.commandLine(), command, script, option);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsFormatted(CommandLine command) {
        CommandHelp.assertFormatted(command);
    }

    static Stream<Named<CommandLine>> commands() {
        return CommandHelp.commands(Notary.commandLine());
    }
}
