package dev.poolwright.model.run;

import java.util.List;

/**
 * One level over time, sampled at the end of each bin.
 *
 * @param name {@code pool/backend/main/in_use}, {@code pool/…/open}, {@code pool/…/waiting}, {@code pool/…/limit} (summed over
 *     instances), {@code path/vpc/open}, {@code path/…/waiting}, {@code path/…/capacity}, {@code server/main/open},
 *     {@code server/…/limit}, {@code service/backend/ready}, {@code service/…/starting}, and per bin counts
 *     {@code load/backend/chat/offered}, {@code load/…/succeeded}, {@code load/…/failed} (by intended moment),
 *     {@code pool/…/refused} (waits that ended without a connection in this bin), {@code pool/…/served_late} (callers served
 *     after a wait), {@code pool/…/overtook} (of those, who overtook one that had asked before), {@code server/…/connects};
 *     of the refused waits that ended in the bin the shortest and the longest in nanoseconds, 0 for none,
 *     {@code pool/…/refused_least}, {@code pool/…/refused_most}; what the server itself counts, {@code server/…/sessions} and
 *     {@code server/…/active}
 * @param values one for each bin
 */
public record Series(String name, List<Long> values) {
    public Series {
        values = List.copyOf(values);
    }
}
