package io.atalaya.bridge;

import io.atalaya.testutils.CommandHelp;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

class BridgeTest {
    @TestFactory
    Stream<DynamicTest> help() {
        return CommandHelp.tests(
                Bridge.commandLine(),
                "bridge, scripts/bridge, --check",
                "receiver, scripts/receiver, --play=HOW");
    }
}
