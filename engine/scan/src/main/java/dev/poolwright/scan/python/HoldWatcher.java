package dev.poolwright.scan.python;

import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;

/** Is told what happens on a walk over a function. */
interface HoldWatcher {

    /**
     * Something slow happens while a connection is held.
     *
     * @param at the call in the function itself
     * @param hops from there to the slow call, the slow call last
     * @param always whether the functions on the way make it each time they run
     */
    default void slow(SyntaxNode at, String what, List<Step> hops, Hold held, boolean always) {}

    /** A second connection of the same pool is borrowed while the first is held. */
    default void nested(SyntaxNode at, List<Step> hops, Hold first, boolean always) {}

    /** A connection is borrowed, in the function itself or in what it calls. */
    default void borrowed(List<Step> hops, Hold hold) {}

    /** A node of the function itself is reached: a call or a yield. */
    default void reached(SyntaxNode node, HoldState state) {}
}
