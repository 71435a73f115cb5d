package io.atalaya.notary;

import io.atalaya.testutils.CommandHelp;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

class NotaryTest {
    @TestFactory
    Stream<DynamicTest> help() {
        return CommandHelp.tests(
                Notary.commandLine(),
                "notary, scripts/notary, --key-file=FILE",
                "audit, scripts/audit, verify");
    }
}
