package io.atalaya.ops;

import io.atalaya.testutils.CommandHelp;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

class OpsTest {
    @TestFactory
    Stream<DynamicTest> help() {
        return CommandHelp.tests(
                Ops.commandLine(),
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
                "savepoint resume, scripts/savepoint resume, JOB PATH");
    }
}
