/** The fleet: servers, poolers, paths, services and jobs as a graph, and what is known of every value in it. */
@NullMarked
package dev.poolwright.model.fleet;

import org.jspecify.annotations.NullMarked;
