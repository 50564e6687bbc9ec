/** From a run record to a verdict, its chain and its owner. */
@NullMarked
package dev.poolwright.model.verdict;

import org.jspecify.annotations.NullMarked;
