package dev.poolwright.scan.python;

import dev.poolwright.model.fact.DeclaredPool.Scope;
import dev.poolwright.model.fact.Place;
import dev.poolwright.scan.syntax.SyntaxNode;

/**
 * One making of a pool.
 *
 * @param call that makes it
 * @param frame in which its arguments are evaluated
 * @param name {@code path#symbol} of what keeps it
 * @param place {@link Place#TEST} too where a condition around it says so
 */
record PoolSite(SyntaxNode call, Frame frame, String name, Scope scope, Place place) {}
