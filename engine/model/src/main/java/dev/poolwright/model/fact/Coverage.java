package dev.poolwright.model.fact;

import java.util.List;

/**
 * What a scan looked at.
 *
 * @param files that were seen
 * @param vendored of those, files in folders of vendored code, which is not searched
 * @param searched files in which a reader may find something, by their name and words
 * @param parsed files that were parsed
 * @param skipped one line for each file or folder that could not be read, with the reason; bounded
 * @param unread stacks that were seen and that no reader knows, for example {@code Go database/sql: 3 files}
 */
public record Coverage(
        long files, long vendored, long searched, long parsed, List<String> skipped, List<String> unread) {

    public static final Coverage NONE = new Coverage(0, 0, 0, 0, List.of(), List.of());

    public Coverage {
        skipped = List.copyOf(skipped);
        unread = List.copyOf(unread);
    }
}
