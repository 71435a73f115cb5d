package io.atalaya.ops.submit;

import io.atalaya.contracts.topic.Account;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.HotlistMatchSettings;

import picocli.CommandLine.Command;

/** {@code scripts/submit hotlist-match}. */
@Command(
        name = HotlistMatchJob.NAME,
        description = {
            "Submits the job that matches plate reads against the hot list. Its settings are checked first, all of"
                    + " them at once; topics that are missing are created."
        })
final class SubmitHotlistMatchCommand extends SubmitJobCommand {
    SubmitHotlistMatchCommand() {
        super(
                Account.HOTLIST_MATCH,
                HotlistMatchOptions.ALL,
                settings -> HotlistMatchSettings.from(settings).kafka());
    }
}
