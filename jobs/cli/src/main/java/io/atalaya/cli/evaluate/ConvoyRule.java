package io.atalaya.cli.evaluate;

import io.atalaya.loadgenerator.Truth;

import java.util.List;

/** Each convoy, once for all its companions: an alert must show a read of the listed car. */
final class ConvoyRule implements Rule {
    @Override
    public String type() {
        return "convoy";
    }

    @Override
    public List<Expected> expected(Truth truth) {
        return truth.convoys().stream()
                .map(
                        convoy ->
                                new Expected(
                                        null,
                                        convoy.plate(),
                                        convoy.reads(),
                                        true,
                                        truth.start(),
                                        truth.start(),
                                        List.of(convoy.reads()),
                                        "plate " + convoy.plate() + " with " + convoy.companions()))
                .toList();
    }

    @Override
    public boolean meets(ScoredAlert alert, Expected expected) {
        return true;
    }

    @Override
    public String delayClock() {
        return "the recording's start (the truth does not say which arch proves it)";
    }
}
