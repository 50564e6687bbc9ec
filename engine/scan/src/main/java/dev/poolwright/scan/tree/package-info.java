/** Walking a source tree: which files there are, what they are, and in which part of the tree they stand. */
@NullMarked
package dev.poolwright.scan.tree;

import org.jspecify.annotations.NullMarked;
