package dev.poolwright.model.verdict;

/**
 * One link of a chain, written {@code path.full vpc}.
 *
 * @param subject name of the path, server, {@code service}, {@code service/pool} or {@code service/PHASE}
 */
public record Link(LinkKind kind, String subject) {

    @Override
    public String toString() {
        return kind.word() + " " + subject;
    }
}
