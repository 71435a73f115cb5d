package io.atalaya.lab;

import io.atalaya.testutils.CommandHelp;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

class LabTest {
    @TestFactory
    Stream<DynamicTest> help() {
        return CommandHelp.tests(
                Lab.commandLine(),
                "demo, scripts/demo, --parallelism=N",
                "replay, scripts/replay, -D=KEY=VALUE",
                "evaluate alerts, scripts/evaluate alerts, --truth=TRUTH");
    }
}
