package dev.poolwright.sim;

import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.run.RunRecord;
import dev.poolwright.model.verdict.Chain;
import dev.poolwright.model.verdict.Chain.Joint;
import dev.poolwright.model.verdict.Chain.Reach;
import dev.poolwright.model.verdict.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which links of a chain cause what follows: the simulator runs the plan once more with the limit of the link
 * lifted. Where nothing of what failed later fails any more it is <em>therefore</em>, else it stays <em>then</em>. Without
 * state; thread-safe; the same plan gives the same answer.
 */
public final class ChainProof {

    /** No more reruns than this for one chain; later links stay <em>then</em>. */
    public static final int MOST_RERUNS = 12;

    private ChainProof() {}

    /** The chain with its joints proven; the last joint has nothing after it and stays <em>then</em>. */
    public static Chain prove(Plan plan, Chain chain) {
        List<Joint> proven = new ArrayList<>();
        int reruns = 0;
        for (int i = 0; i < chain.joints().size(); i++) {
            Joint joint = chain.joints().get(i);
            List<Link> following = following(chain, i);
            Optional<Plan> lifted =
                    following.isEmpty() || reruns >= MOST_RERUNS ? Optional.empty() : LiftedPlan.of(plan, joint.link());
            boolean therefore = false;
            if (lifted.isPresent()) {
                reruns++;
                therefore = !happens(Simulator.run(lifted.get()), following);
            }
            Reach reach = therefore ? Reach.THEREFORE : Reach.THEN;
            proven.add(new Joint(joint.link(), joint.atNanos(), joint.count(), joint.detail(), reach));
        }
        return new Chain(proven);
    }

    /** What failed after the link; whatever came after it where nothing failed. */
    private static List<Link> following(Chain chain, int place) {
        List<Link> later = chain.links().subList(place + 1, chain.joints().size());
        List<Link> failed =
                later.stream().filter(link -> link.kind().isFailure()).toList();
        return failed.isEmpty() ? later : failed;
    }

    private static boolean happens(RunRecord record, List<Link> links) {
        return links.stream()
                .anyMatch(link -> record.happening(link.kind(), link.subject()).isPresent());
    }
}
